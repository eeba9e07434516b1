import { access } from "node:fs/promises"
import { join } from "node:path"
import { failure } from "../failure/failure.ts"
import { nearest } from "../failure/suggestion.ts"
import type { CellOutcome } from "../stages/reportInput.ts"
import { cellOutcome } from "./cellOutcome.ts"
import { readJournal } from "./journal.ts"
import { readPlan } from "./plan.ts"

/** The trained network of a cell of a run directory: of the one that is named, or of the only one that is done.
 *  Throws Failure("usage") when there is no such cell, it is not done, or several are and none is named. */
export const runCheckpoint = async (
  folder: string,
  label: string | undefined,
): Promise<{ readonly file: string; readonly label: string }> => {
  const plan = join(folder, "plan.json")
  if (!(await isThere(plan)))
    throw failure("usage", {
      message: "this is no run directory",
      file: folder,
      expected: "a folder with plan.json, which `losslab run` makes",
      found: (await isThere(folder)) ? "no plan.json" : "no such folder",
    })
  const { cells } = await readPlan(plan)
  const journal = await readJournal(join(folder, "journal.jsonl"))
  const interrupted = new Set(journal.flatMap((entry) => (entry.event === "interrupted" ? [entry.cell] : [])))
  const labels = cells.map((cell) => cell.label)
  if (label !== undefined && !labels.includes(label)) {
    const suggestion = nearest(label, labels)
    throw failure("usage", {
      message: `the run has no cell ${label}`,
      file: folder,
      expected: `one of ${labels.join(", ")}`,
      ...(suggestion === undefined ? {} : { suggestion }),
    })
  }
  const outcomes = await Promise.all(
    cells.map(async (cell) => ({
      cell,
      outcome: await cellOutcome(join(folder, cell.folder), cell, interrupted),
    })),
  )
  const asked = outcomes.filter(({ cell }) => label === undefined || cell.label === label)
  const done = asked.filter(({ outcome }) => outcome.tag === "done")
  const [only] = done
  if (only === undefined)
    throw failure("usage", {
      message: label === undefined ? "no cell of the run is done" : `the cell ${label} is not done`,
      file: folder,
      found: asked.map(({ cell, outcome }) => `${cell.label} ${stateOf(outcome)}`).join("; "),
      fix: "run the experiment again: it goes on with what is not done",
    })
  if (done.length > 1)
    throw failure("usage", {
      message: `${done.length} cells of the run are done, and --cell names none`,
      file: folder,
      expected: `--cell with one of ${done.map(({ cell }) => cell.label).join(", ")}`,
    })
  const { cell } = only
  return { file: join(folder, cell.folder, "checkpoints", "weights.safetensors"), label: cell.label }
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

const stateOf = (outcome: CellOutcome): string => {
  switch (outcome.tag) {
    case "done":
      return "is done"
    case "failed":
      return `failed (${outcome.kind}): ${outcome.message}`
    case "interrupted":
      return "was interrupted"
    case "notRun":
      return "was not run"
  }
}
