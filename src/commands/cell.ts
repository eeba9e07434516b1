import { mkdir } from "node:fs/promises"
import { dirname, join } from "node:path"
import { Cause, Effect, Exit } from "effect"
import { cellYaml } from "../config/experiment/cellYaml.ts"
import { selectEngine } from "../engine/selectEngine.ts"
import { startEngine } from "../engine/startEngine.ts"
import { type Failure, failure } from "../failure/failure.ts"
import { interrupted } from "../failure/interrupted.ts"
import { toFailure } from "../failure/toFailure.ts"
import { type CellRun, runCell, runLoading } from "../pipeline/cell.ts"
import { checkKeys } from "../pipeline/checkKeys.ts"
import { cellKeys } from "../pipeline/keys.ts"
import { buildParts } from "../pipeline/parts.ts"
import type { Profile } from "../pipeline/profile/profile.ts"
import { recorder } from "../pipeline/profile/recorder.ts"
import type { CellEvent } from "../stages/events.ts"
import { writeCellFiles, writeFailure } from "../sweep/cellFiles.ts"
import { describeEnvironment } from "../sweep/environment.ts"
import { readPlan } from "../sweep/plan.ts"
import { profileFile, writeProfile } from "../sweep/profileFile.ts"
import { writeFileAtomic } from "../system/atomicWrite.ts"

export interface CellCommand {
  readonly plan: string
  readonly index: number
  /** Only load the data and score the reference rows. */
  readonly loadOnly: boolean
  /** Started by a parent that holds our stdin open as long as it lives. */
  readonly supervised: boolean
  /** Record what takes the time, into the cell's profile.json. */
  readonly profile: boolean
}

const print = (event: CellEvent): void => {
  process.stdout.write(`${JSON.stringify(event)}\n`)
}

/** Aborted by Ctrl-C, by a scheduler's SIGTERM, and, when supervised, by the end of stdin: the parent is gone. */
const interruption = (supervised: boolean): AbortSignal => {
  const controller = new AbortController()
  const abort = () => controller.abort()
  for (const signal of ["SIGINT", "SIGTERM", "SIGUSR2"] as const) process.on(signal, abort)
  if (supervised) {
    process.stdin.on("end", abort).on("error", abort).resume()
    // Waiting for the parent must not keep a finished cell alive.
    process.stdin.unref()
  }
  return controller.signal
}

/** A non-success as the Failure that it is, or becomes. */
const failureOf = (cause: Cause.Cause<Failure>): Failure =>
  Cause.hasInterrupts(cause) ? interrupted() : toFailure(Cause.squash(cause))

/** Writes what took the time. The results are whole without it: a full disk is worth a warning, not the cell. */
const keepProfile = (folder: string, profile: Profile): Promise<void> =>
  writeProfile(folder, profile).catch((error: unknown) => {
    const [problem] = toFailure(error).problems
    const why = problem?.found ?? problem?.message
    print({ event: "warning", message: `the profile cannot be written to ${profileFile(folder)}: ${why}` })
  })

/** One cell in this process: events on stdout as JSON lines, its files below the plan's folder. */
export const cellCommand = async (command: CellCommand): Promise<void> => {
  const plan = await readPlan(command.plan)
  const cell = plan.cells[command.index]
  if (cell === undefined)
    throw failure("usage", {
      file: command.plan,
      message: `the plan has no cell ${command.index}`,
      expected: `an index from 0 to ${plan.cells.length - 1}`,
    })
  const signal = interruption(command.supervised)
  const folder = join(dirname(command.plan), cell.folder)
  try {
    await mkdir(folder, { recursive: true })
    const selection = selectEngine(plan.backend)
    const engine = await startEngine(selection)
    print({ event: "engine", name: engine.name, version: engine.version, threads: engine.threads })
    const parts = await buildParts(cell.spec)
    const fingerprint = await parts.source.value.fingerprint()
    checkKeys(cell.keys, cellKeys(cell.spec, parts, fingerprint, selection.identity))
    const run: CellRun = {
      spec: cell.spec,
      parts,
      keys: cell.keys,
      store: plan.store,
      emit: print,
    }
    if (command.loadOnly) {
      const exit = await Effect.runPromiseExit(runLoading(run), { signal })
      if (Exit.isFailure(exit)) throw failureOf(exit.cause)
      print({ event: "finished", seconds: process.uptime() })
      return
    }
    await writeFileAtomic(join(folder, "config.yaml"), cellYaml(cell.spec))
    await describeEnvironment(folder, engine, plan.command)
    const recording = command.profile ? recorder() : null
    const tracing = recording === null ? {} : { tracer: recording.tracer }
    const exit = await Effect.runPromiseExit(runCell({ ...run, ...tracing }), { signal })
    if (Exit.isFailure(exit)) throw failureOf(exit.cause)
    const { evaluated, folders } = exit.value
    const about = { cell: cell.label, key: cell.keys.evaluate, engine: engine.version }
    const profile = recording?.profile(about) ?? null
    await writeCellFiles(folder, folders, {
      label: cell.label,
      key: cell.keys.evaluate,
      seconds: process.uptime(),
      peakRssBytes: process.resourceUsage().maxRSS * 1024,
      history: evaluated.history,
      scores: evaluated.scores,
    })
    if (profile !== null) await keepProfile(folder, profile)
    print({ event: "finished", seconds: process.uptime() })
  } catch (error) {
    const failed = toFailure(error)
    print({ event: "failed", kind: failed.kind, problems: failed.problems })
    if (failed.kind !== "interrupted" && !command.loadOnly)
      // The failure itself is already on stdout; a folder that cannot be written must not hide it.
      await writeFailure(folder, { kind: failed.kind, problems: failed.problems }).catch(() => undefined)
    throw failed
  }
}
