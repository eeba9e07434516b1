import { copyFile, link, mkdir, readdir, readFile, rm } from "node:fs/promises"
import { join } from "node:path"
import type { FailureKind, Problem } from "../failure/failure.ts"
import type { Scores } from "../metrics/scores.ts"
import { metricNames } from "../metrics/scores.ts"
import type { History } from "../stages/history.ts"
import { writeFileAtomic } from "../system/atomicWrite.ts"

/** result.json: written last; it alone means that a cell is done. */
export interface CellResult {
  readonly label: string
  readonly key: string
  readonly seconds: number
  readonly peakRssBytes: number
  readonly history: History
  readonly scores: Scores
}

/** failure.json: written by the child when it could. */
export interface CellFailure {
  readonly kind: FailureKind
  readonly problems: readonly Problem[]
}

const readJson = async <A>(file: string): Promise<A | undefined> => {
  try {
    return JSON.parse(await readFile(file, "utf8")) as A
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined
    throw error
  }
}

export const readResult = (folder: string): Promise<CellResult | undefined> =>
  readJson(join(folder, "result.json"))

export const readFailure = (folder: string): Promise<CellFailure | undefined> =>
  readJson(join(folder, "failure.json"))

/** Makes the folder too: a cell whose data cannot be read never started. */
export const writeFailure = async (folder: string, failure: CellFailure): Promise<void> => {
  await mkdir(folder, { recursive: true })
  await writeFileAtomic(join(folder, "failure.json"), `${JSON.stringify(failure, null, 2)}\n`)
}

const csv = (rows: readonly (readonly (string | number | null)[])[]): string =>
  `${rows.map((row) => row.map((value) => value ?? "").join(",")).join("\n")}\n`

const lossCsv = ({ epochs }: History): string =>
  csv([
    ["epoch", "loss", "validation_dice", "learning_rate", "images_per_second", "elapsed_seconds"],
    ...epochs.map((e) => [
      e.epoch,
      e.loss,
      e.validationDice,
      e.learningRate,
      e.imagesPerSecond,
      e.elapsedSeconds,
    ]),
  ])

const scoresCsv = ({ slices }: Scores): string =>
  csv([
    ["patient", "slice", "outcome", ...metricNames.map((name) => (name === "hd95" ? "hd95_mm" : name))],
    ...slices.map((s) => [s.patient, s.slice, s.outcome, ...metricNames.map((name) => s.values[name])]),
  ])

/** The same bytes at a second place: a hard link, or a copy where the file system has none. */
const linkOrCopy = async (from: string, to: string): Promise<void> => {
  await rm(to, { force: true })
  await link(from, to).catch(() => copyFile(from, to))
}

/** Fills a cell's folder from its artefacts; result.json comes last. */
export const writeCellFiles = async (
  folder: string,
  artefacts: { readonly trained: string; readonly evaluated: string },
  result: CellResult,
): Promise<void> => {
  await mkdir(join(folder, "checkpoints"), { recursive: true })
  await mkdir(join(folder, "predictions"), { recursive: true })
  await linkOrCopy(
    join(artefacts.trained, "weights.safetensors"),
    join(folder, "checkpoints", "weights.safetensors"),
  )
  for (const name of await readdir(join(artefacts.evaluated, "predictions")))
    await linkOrCopy(join(artefacts.evaluated, "predictions", name), join(folder, "predictions", name))
  await writeFileAtomic(join(folder, "loss.csv"), lossCsv(result.history))
  await writeFileAtomic(join(folder, "scores.csv"), scoresCsv(result.scores))
  await rm(join(folder, "failure.json"), { force: true })
  await writeFileAtomic(join(folder, "result.json"), `${JSON.stringify(result)}\n`)
}
