import { join, resolve } from "node:path"
import type { Backend } from "../engine/engine.ts"
import { cellIsWhole, readResult } from "../sweep/cellFiles.ts"
import { type JournalEntry, readJournal } from "../sweep/journal.ts"
import { type Plan, type PlannedCell, readPlan } from "../sweep/plan.ts"
import { prepare } from "./prepare.ts"

export interface PlanCommand {
  readonly file: string
  readonly sets: readonly string[]
  readonly out?: string
  readonly backend: Backend
  readonly json: boolean
  readonly print: (text: string) => void
}

interface CellState {
  readonly label: string
  readonly key: string
  /** cached: its result and files are there. stale: a result with this label is, but one of its files is gone or
   *  something it was made of changed. */
  readonly state: "cached" | "stale" | "new"
  /** The ingredients that changed, or "files of the cell". */
  readonly changed: readonly string[]
  /** What cells of this run took before, their median; null when none was run. */
  readonly predictedSeconds: number | null
}

const changedIngredients = (now: PlannedCell, before: PlannedCell): string[] =>
  Object.keys(now.keys.ingredients).filter(
    (name) => now.keys.ingredients[name] !== before.keys.ingredients[name],
  )

const medianSeconds = (journal: readonly JournalEntry[]): number | null => {
  const seconds = journal
    .flatMap((entry) => (entry.event === "done" ? [entry.seconds] : []))
    .sort((a, b) => a - b)
  return seconds[Math.floor(seconds.length / 2)] ?? null
}

const stateOf = async (
  cell: PlannedCell,
  before: Plan | undefined,
  runFolder: string,
  predictedSeconds: number | null,
): Promise<CellState> => {
  const base = { label: cell.label, key: cell.keys.evaluate }
  const folder = join(runFolder, cell.folder)
  if ((await readResult(folder))?.key === cell.keys.evaluate)
    return (await cellIsWhole(folder))
      ? { ...base, state: "cached", changed: [], predictedSeconds: 0 }
      : { ...base, state: "stale", changed: ["files of the cell"], predictedSeconds }
  const old = before?.cells.find(({ label }) => label === cell.label)
  if (old === undefined || (await readResult(join(runFolder, old.folder))) === undefined)
    return { ...base, state: "new", changed: [], predictedSeconds }
  return { ...base, state: "stale", changed: changedIngredients(cell, old), predictedSeconds }
}

const describe = ({ label, key, state, changed, predictedSeconds }: CellState): string => {
  const reason = changed.length === 0 ? "" : `  changed: ${changed.join(", ")}`
  const cost =
    state === "cached"
      ? ""
      : predictedSeconds === null
        ? "  time unknown"
        : `  about ${Math.round(predictedSeconds)} s`
  return `${state.padEnd(6)}  ${label}  ${key.slice(0, 8)}${cost}${reason}\n`
}

/** Says what `run` would do: each cell cached, new, or stale and why. Writes nothing. */
export const planCommand = async (command: PlanCommand): Promise<void> => {
  const { experiment, plan } = await prepare({ ...command, extra: [] })
  const runFolder = resolve(command.out ?? join("runs", experiment.name))
  const before = await readPlan(join(runFolder, "plan.json")).catch(() => undefined)
  const predicted = medianSeconds(await readJournal(join(runFolder, "journal.jsonl")))
  const cells = await Promise.all(plan.cells.map((cell) => stateOf(cell, before, runFolder, predicted)))
  if (command.json) {
    command.print(`${JSON.stringify({ name: experiment.name, engine: plan.engine, cells })}\n`)
    return
  }
  command.print(`${experiment.name}: ${cells.length} cells, engine ${plan.engine}\n`)
  for (const cell of cells) command.print(describe(cell))
}
