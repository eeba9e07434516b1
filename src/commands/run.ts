import { readFile } from "node:fs/promises"
import { join, relative, resolve } from "node:path"
import type { Backend } from "../engine/engine.ts"
import { fallbackWarning } from "../engine/selectEngine.ts"
import { type Failure, failure } from "../failure/failure.ts"
import { interrupted } from "../failure/interrupted.ts"
import { renderProblems } from "../failure/renderProblem.ts"
import { appendJournal } from "../sweep/journal.ts"
import { takeLease } from "../sweep/lease.ts"
import { createProgress } from "../sweep/progress.ts"
import { type RunOutcome, runPlan } from "../sweep/runPlan.ts"
import { writeReport } from "../sweep/writeReport.ts"
import { writeFileAtomic } from "../system/atomicWrite.ts"
import { terminalOf } from "../terminal/terminal.ts"
import { makeOutput } from "./makeOutput.ts"
import { prepare } from "./prepare.ts"
import { tellProfiles } from "./run/tellProfiles.ts"

export interface RunCommand {
  readonly file: string
  readonly sets: readonly string[]
  readonly out?: string
  readonly backend: Backend
  /** Record what takes the time of each cell that runs. */
  readonly profile: boolean
}

/** First Ctrl-C: stop cleanly. Another: at once. The handlers stay to the end of the process, so that an
 *  impatient one cannot change the exit code. */
const interruption = (): AbortSignal => {
  const controller = new AbortController()
  const onSignal = () => {
    // 75: interrupted, can continue. Children see their stdin close and end by themselves.
    if (controller.signal.aborted) process.exit(75)
    controller.abort()
    process.stderr.write("\nstopping; what is finished is kept (Ctrl-C again stops at once)\n")
  }
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, onSignal)
  return controller.signal
}

/** Cells whose common data could not be loaded failed of one cause: it is told once. */
const labelsByCause = (failures: RunOutcome["failures"]): ReadonlyMap<Failure, readonly string[]> => {
  const labels = new Map<Failure, readonly string[]>()
  for (const { cell, failure: cause } of failures)
    labels.set(cause, [...(labels.get(cause) ?? []), cell.label])
  return labels
}

/** Plans, runs what is new, reports. Running again continues: what is done is kept, what failed is tried again. */
export const run = async (command: RunCommand): Promise<void> => {
  const extra = [
    ...(command.out === undefined ? [] : ["--out", command.out]),
    ...(command.backend === "auto" ? [] : ["--backend", command.backend]),
    ...(command.profile ? ["--profile"] : []),
  ]
  const signal = interruption()
  const { experiment, plan, selection } = await prepare({ ...command, extra })
  if (signal.aborted) throw interrupted(plan.command)
  const runFolder = resolve(command.out ?? join("runs", experiment.name))
  await makeOutput("run directory", runFolder, "cells")
  const giveBack = await takeLease(runFolder)
  const progress = createProgress(terminalOf(process.stderr))
  try {
    const warning = fallbackWarning(selection)
    if (warning !== null) progress.note(warning)
    await writeFileAtomic(join(runFolder, "experiment.yaml"), await readFile(command.file))
    await writeFileAtomic(join(runFolder, "plan.json"), `${JSON.stringify(plan, null, 2)}\n`)
    const journal = join(runFolder, "journal.jsonl")
    await appendJournal(journal, { event: "planned", cells: plan.cells.length, command: plan.command })
    const outcome = await runPlan({
      plan,
      runFolder,
      environment: selection.environment,
      progress,
      signal,
      profile: command.profile,
    })
    if (outcome.interrupted) throw interrupted(plan.command)
    await writeReport(runFolder, plan)
    await appendJournal(journal, { event: "reported" })
    const failed = outcome.failures.map(({ cell }) => cell)
    if (command.profile)
      await tellProfiles(
        runFolder,
        plan.cells.filter((cell) => !failed.includes(cell)),
        (text) => process.stderr.write(text),
      )
    for (const [cause, labels] of labelsByCause(outcome.failures))
      process.stderr.write(
        `\n${labels.length === 1 ? "cell" : "cells"} ${labels.join(", ")} failed:\n${renderProblems(cause.problems)}\n`,
      )
    process.stdout.write(`${join(relative(process.cwd(), runFolder), "report", "index.html")}\n`)
    const [first] = outcome.failures
    if (first !== undefined)
      throw failure(first.failure.kind, {
        message: `${outcome.failures.length} of ${plan.cells.length} cells failed; the report names them`,
        fix: "mend the cause and run the same command again: what is finished is kept",
      })
  } finally {
    await giveBack()
  }
}
