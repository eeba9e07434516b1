import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Dataset } from "../data/dataset/dataset.ts"
import { datasetFromFiles } from "../data/dataset/datasetFiles.ts"
import type { SplitName } from "../data/dataset/placement.ts"
import { canonicalJson } from "../pipeline/hash.ts"
import { openStore, type Store } from "../pipeline/store.ts"
import { referencesFormat } from "../pipeline/storedFormats.ts"
import type { ReportCell, ReportInput } from "../stages/reportInput.ts"
import { cellOutcome } from "./cellOutcome.ts"
import { readJournal } from "./journal.ts"
import type { Plan } from "./plan.ts"
import { panelsOf, type ShownCell } from "./reportPanels.ts"

/** More contours than this in one panel cannot be told apart. */
const maximalContours = 6

const datasetOf = async (store: Store, key: string): Promise<Dataset | undefined> => {
  const folder = await store.find("load", key)
  return folder === undefined ? undefined : datasetFromFiles(folder)
}

/** Of one cell, its command aside: the report names the run's own. Empty when the file is missing or damaged:
 *  the numbers of the cell stand without it. */
const environmentOf = async (folder: string): Promise<Readonly<Record<string, string>>> => {
  try {
    const text = await readFile(join(folder, "environment.json"), "utf8")
    const { command: _, ...environment } = JSON.parse(text) as Record<string, unknown>
    return Object.fromEntries(
      Object.entries(environment).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    )
  } catch {
    return {}
  }
}

/** Gathers everything the report says from a run directory and the store. Cells that were not done are there too. */
export const collectReport = async (runFolder: string, plan: Plan): Promise<ReportInput> => {
  const store = openStore(plan.store, () => undefined)
  const journal = await readJournal(join(runFolder, "journal.jsonl"))
  const interrupted = new Set(journal.flatMap((entry) => (entry.event === "interrupted" ? [entry.cell] : [])))
  const cells: ReportCell[] = []
  for (const cell of plan.cells)
    cells.push({
      label: cell.label,
      key: cell.keys.evaluate,
      factors: cell.factors,
      blocks: cell.blocks,
      method: cell.method,
      folder: cell.folder,
      command: `losslab cell --plan plan.json --index ${cell.index}`,
      loss: canonicalJson(cell.spec.train.loss),
      outcome: await cellOutcome(join(runFolder, cell.folder), cell, interrupted),
    })
  const doneCells = plan.cells.filter((_, i) => cells[i]!.outcome.tag === "done")
  const first = doneCells[0] ?? plan.cells[0]!
  const dataset = await datasetOf(store, first.keys.load)
  const references = await store.find("references", first.keys.references)
  const shown = doneCells
    .filter((cell) => cell.keys.load === first.keys.load)
    .flatMap((cell): ShownCell[] => {
      const outcome = cells[cell.index]!.outcome
      return outcome.tag === "done"
        ? [{ label: cell.label, folder: join(runFolder, cell.folder), scores: outcome.scores }]
        : []
    })
    .slice(0, maximalContours)
  const metrics = [...new Set(plan.cells.flatMap(({ spec }) => spec.evaluate.metrics))]
  const bySplit = (of: (split: SplitName, dataset: Dataset) => number) => {
    const count = (split: SplitName) => (dataset === undefined ? 0 : of(split, dataset))
    return { train: count("train"), validation: count("validation"), test: count("test") }
  }
  return {
    title: first.spec.report.title,
    experiment: plan.experiment,
    command: plan.command,
    yaml: await readFile(join(runFolder, "experiment.yaml"), "utf8"),
    metrics,
    baseline: first.spec.report.baseline,
    remark: first.spec.report.remark,
    dataset: {
      description: plan.source,
      patients: bySplit((split, { patients }) => patients[split].length),
      cases: bySplit((split, { [split]: { ids } }) => new Set(ids.map((id) => id.case)).size),
      slices: bySplit((split, { [split]: { count } }) => count),
      size: first.spec.load.size,
      remarks: dataset?.remarks ?? ["the data could not be loaded"],
    },
    cells,
    references: references === undefined ? [] : await referencesFormat.read(references),
    panels: dataset === undefined || shown.length === 0 ? [] : await panelsOf(dataset, shown, metrics[0]!),
    environment: doneCells.length === 0 ? {} : await environmentOf(join(runFolder, first.folder)),
  }
}
