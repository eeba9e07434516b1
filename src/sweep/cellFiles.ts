import { access, copyFile, link, mkdir, readdir, readFile, rm } from "node:fs/promises"
import { basename, join } from "node:path"
import type { FailureKind, Problem } from "../failure/failure.ts"
import { csvColumn } from "../metrics/metricTable.ts"
import type { Scores } from "../metrics/scores.ts"
import { metricNames } from "../metrics/scores.ts"
import { csv } from "../stages/report/csv.ts"
import type { History } from "../stages/training/history.ts"
import { writeFileAtomic } from "../system/atomicWrite.ts"
import { setAside } from "../system/setAside.ts"

/** result.json: written last. With it and the files beside it (cellIsWhole) a cell is done. */
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

type Fields = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Fields => typeof value === "object" && value !== null

/** Whether a value has what a reader of result.json uses; its numbers are trusted, for nobody writes them by hand. */
const isResult = (value: unknown): value is CellResult =>
  isObject(value) &&
  typeof value.key === "string" &&
  typeof value.seconds === "number" &&
  typeof value.peakRssBytes === "number" &&
  isObject(value.history) &&
  Array.isArray(value.history.epochs) &&
  isObject(value.scores) &&
  Array.isArray(value.scores.slices) &&
  Array.isArray(value.scores.patients) &&
  isObject(value.scores.summary)

const isFailure = (value: unknown): value is CellFailure =>
  isObject(value) &&
  typeof value.kind === "string" &&
  Array.isArray(value.problems) &&
  value.problems.every((problem) => isObject(problem) && typeof problem.message === "string")

/** Undefined when the file is absent, "damaged" when it cannot be read or is not what it should be. */
const readJson = async <A>(
  file: string,
  isWanted: (value: unknown) => value is A,
): Promise<A | "damaged" | undefined> => {
  try {
    const value: unknown = JSON.parse(await readFile(file, "utf8"))
    return isWanted(value) ? value : "damaged"
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? undefined : "damaged"
  }
}

/** Undefined when the cell has no result, or a damaged one. */
export const readResult = async (folder: string): Promise<CellResult | undefined> => {
  const result = await readJson(join(folder, "result.json"), isResult)
  return result === "damaged" ? undefined : result
}

/** Undefined when the cell has no failure, or a damaged one. */
export const readFailure = async (folder: string): Promise<CellFailure | undefined> => {
  const failed = await readJson(join(folder, "failure.json"), isFailure)
  return failed === "damaged" ? undefined : failed
}

/** Moves a damaged result.json or failure.json out of the way (`result.json.corrupt-1`); `warn` hears of it. */
export const setDamagedAside = async (folder: string, warn: (message: string) => void): Promise<void> => {
  for (const [name, isWanted] of [
    ["result.json", isResult],
    ["failure.json", isFailure],
  ] as const) {
    const file = join(folder, name)
    if ((await readJson<unknown>(file, isWanted)) !== "damaged") continue
    warn(`${file} is damaged; it was set aside as ${basename(await setAside(file))}`)
  }
}

/** Makes the folder too: a cell whose data cannot be read never started. */
export const writeFailure = async (folder: string, failure: CellFailure): Promise<void> => {
  await mkdir(folder, { recursive: true })
  await writeFileAtomic(join(folder, "failure.json"), `${JSON.stringify(failure, null, 2)}\n`)
}

const lossCsv = ({ epochs }: History): string =>
  csv(
    [
      "epoch",
      "loss",
      "validation_dice",
      "learning_rate",
      "images_per_second",
      "waiting_share",
      "elapsed_seconds",
    ],
    epochs.map(
      ({ epoch, loss, validationDice, learningRate, imagesPerSecond, waitingShare, elapsedSeconds }) => ({
        epoch,
        loss,
        validation_dice: validationDice,
        learning_rate: learningRate,
        images_per_second: imagesPerSecond,
        waiting_share: waitingShare,
        elapsed_seconds: elapsedSeconds,
      }),
    ),
  )

const scoresCsv = ({ slices }: Scores): string =>
  csv(
    ["patient", "case", "slice", "outcome", ...metricNames.map(csvColumn)],
    slices.map(({ values, ...slice }) => ({
      ...slice,
      ...Object.fromEntries(metricNames.map((name) => [csvColumn(name), values[name]])),
    })),
  )

/** The same bytes at a second place: a hard link, or a copy where the file system has none. */
const linkOrCopy = async (from: string, to: string): Promise<void> => {
  await rm(to, { force: true })
  await link(from, to).catch(() => copyFile(from, to))
}

/** What lies beside result.json once a cell is done; config.yaml and environment.json are there from its start. */
const filesBeside = ({ scores }: CellResult): readonly string[] => [
  "config.yaml",
  "environment.json",
  "loss.csv",
  "scores.csv",
  join("checkpoints", "weights.safetensors"),
  ...new Set(scores.slices.map((slice) => join("predictions", `${slice.case}.nii.gz`))),
]

/** Whether a cell's folder holds its result and every file that belongs to it: one that was deleted is made
 *  again from the store. */
export const cellIsWhole = async (folder: string): Promise<boolean> => {
  const result = await readResult(folder)
  if (result === undefined) return false
  const there = filesBeside(result).map((name) => access(join(folder, name)))
  return (await Promise.allSettled(there)).every(({ status }) => status === "fulfilled")
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
