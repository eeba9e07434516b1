import { join } from "node:path"
import type { Failure } from "../failure/failure.ts"
import { openStore } from "../pipeline/store.ts"
import { cellIsWhole, readResult, setDamagedAside, writeFailure } from "./cellFiles.ts"
import { appendJournal } from "./journal.ts"
import { type LaunchResult, launchCell } from "./launchCell.ts"
import type { Plan, PlannedCell } from "./plan.ts"
import type { Progress } from "./progress.ts"

export interface RunOptions {
  readonly plan: Plan
  readonly runFolder: string
  /** Variables for the children: what the engine's library reads at its start. */
  readonly environment: Readonly<Record<string, string>>
  readonly progress: Progress
  readonly signal: AbortSignal
  /** Record what takes the time of each cell that runs. */
  readonly profile: boolean
  /** See Launch. */
  readonly losslab?: readonly string[]
}

/** What the run came to. */
export interface RunOutcome {
  /** It was told to stop, or a cell's process was, by somebody else. */
  readonly interrupted: boolean
  /** In the order in which they came: data first, then cells in the order of the plan. */
  readonly failures: readonly { readonly cell: PlannedCell; readonly failure: Failure }[]
}

const duration = (seconds: number): string => {
  const whole = Math.round(seconds)
  return whole < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}

/** Runs what is not done yet, one cell at a time, each in a process of its own. A cell that fails or is killed
 *  does not stop the others; data that cannot be read stop every cell that needs them, before any is trained. */
export const runPlan = async (options: RunOptions): Promise<RunOutcome> => {
  const { plan, runFolder, progress, signal } = options
  const journal = join(runFolder, "journal.jsonl")
  const store = openStore(plan.store, progress.note)
  const failures: { cell: PlannedCell; failure: Failure }[] = []
  const unloadable = new Map<string, Failure>()
  const loaded = new Set<string>()
  let interrupted = false

  const launch = async (cell: PlannedCell, label: string, loadOnly: boolean): Promise<LaunchResult> => {
    const result = await launchCell({
      runFolder,
      cell,
      loadOnly,
      profile: options.profile && !loadOnly,
      environment: options.environment,
      onEvent: (event) => progress.event(label, event),
      signal,
      ...(options.losslab && { losslab: options.losslab }),
    })
    if (result.tag === "interrupted") interrupted = true
    return result
  }

  const fail = async (cell: PlannedCell, cause: Failure): Promise<void> => {
    failures.push({ cell, failure: cause })
    await writeFailure(join(runFolder, cell.folder), { kind: cause.kind, problems: cause.problems })
    await appendJournal(journal, {
      event: "failed",
      cell: cell.label,
      kind: cause.kind,
      message: cause.message,
    })
    progress.end(cell.label, `failed: ${cause.message}`)
  }

  /** Loads the cell's data once for all cells that share them, unless the store has them undamaged. */
  const ensureLoaded = async (cell: PlannedCell): Promise<LaunchResult> => {
    const { load, references } = cell.keys
    const known = unloadable.get(load)
    if (known !== undefined) return { tag: "failed", failure: known }
    if (loaded.has(references)) return { tag: "done" }
    const stored = [await store.find("load", load), await store.find("references", references)]
    const result = stored.includes(undefined) ? await launch(cell, "data", true) : ({ tag: "done" } as const)
    if (result.tag === "failed") unloadable.set(load, result.failure)
    if (result.tag === "done") {
      loaded.add(references)
      if (stored.includes(undefined)) progress.end("data", "loaded")
    }
    return result
  }

  // Every distinct dataset is loaded, and so checked, before the first cell is trained.
  const isDone = async ({ folder, keys }: PlannedCell) =>
    (await readResult(join(runFolder, folder)))?.key === keys.evaluate &&
    (await cellIsWhole(join(runFolder, folder)))
  const pending: PlannedCell[] = []
  for (const cell of plan.cells) {
    await setDamagedAside(join(runFolder, cell.folder), (message) =>
      progress.note(`${cell.label}  warning: ${message}`),
    )
    if (await isDone(cell)) {
      await appendJournal(journal, { event: "kept", cell: cell.label })
      progress.end(cell.label, "done before, kept")
    } else pending.push(cell)
  }
  const ready: PlannedCell[] = []
  for (const cell of plan.cells) {
    if (signal.aborted) break
    const result = await ensureLoaded(cell)
    if (!pending.includes(cell)) continue // The report shows the data of what was done before.
    if (result.tag === "failed") await fail(cell, result.failure)
    if (result.tag === "done") ready.push(cell)
  }
  for (const cell of ready) {
    if (signal.aborted) break
    await appendJournal(journal, { event: "started", cell: cell.label })
    const result = await launch(cell, cell.label, false)
    switch (result.tag) {
      case "done": {
        const seconds = (await readResult(join(runFolder, cell.folder)))?.seconds ?? 0
        await appendJournal(journal, { event: "done", cell: cell.label, seconds })
        progress.end(cell.label, `done in ${duration(seconds)}`)
        break
      }
      case "failed":
        await fail(cell, result.failure)
        break
      case "interrupted":
        await appendJournal(journal, { event: "interrupted", cell: cell.label })
        progress.end(cell.label, "interrupted")
        break
    }
  }
  return { interrupted: interrupted || signal.aborted, failures }
}
