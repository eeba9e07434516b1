import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { byMetric, type MetricValues, type Scores, type SliceScore } from "../../src/metrics/scores.ts"
import { type CellResult, writeCellFiles } from "../../src/sweep/cellFiles.ts"
import { scoresOf } from "../support/reportInput.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"

/** Eight values that all differ, whole numbers of eighths and so exact. */
const values = (first: number): MetricValues => {
  let value = first
  return byMetric(() => value++ / 8)
}

const sliceOf = (name: string, slice: number, rest: Partial<SliceScore> = {}): SliceScore => ({
  patient: `${name} p`,
  case: name,
  slice,
  outcome: "scored",
  values: values(10 * slice),
  ...rest,
})

/** Two cases, of which one has two slices; no number stands twice. */
export const smallScores: Scores = scoresOf(
  [{ patient: "a p", slices: 2, scored: 1, missed: 1, falseAlarms: 0, values: values(1) }],
  [
    sliceOf("a", 0),
    sliceOf("a", 1, { outcome: "missed", values: byMetric(() => null) }),
    sliceOf("b", 2, { outcome: "falseAlarm" }),
  ],
)

/** What a cell of two epochs came to. */
export const smallResult: CellResult = {
  label: "bce",
  key: "0123456789abcdef",
  seconds: 12.5,
  peakRssBytes: 2 ** 20,
  history: {
    epochs: [
      {
        epoch: 1,
        loss: 0.75,
        validationDice: 0.5,
        learningRate: 0.125,
        imagesPerSecond: 30,
        waitingShare: 0.25,
        elapsedSeconds: 4,
      },
      {
        epoch: 2,
        loss: 1e-7,
        validationDice: null,
        learningRate: 0.0625,
        imagesPerSecond: 31,
        waitingShare: 0,
        elapsedSeconds: 8,
      },
    ],
    keptEpoch: 2,
    gradientNormAtStart: 1.5,
    parameterCount: 3,
  },
  scores: smallScores,
}

/** What the stages leave in the store for a cell: its weights, and a prediction of each case. */
export const storedArtefacts = async (): Promise<{
  readonly trained: string
  readonly evaluated: string
}> => {
  const [trained, evaluated] = [await temporaryFolder(), await temporaryFolder()]
  await writeFile(join(trained, "weights.safetensors"), "weights")
  await mkdir(join(evaluated, "predictions"))
  for (const name of ["a", "b"])
    await writeFile(join(evaluated, "predictions", `${name}.nii.gz`), `mask of ${name}`)
  return { trained, evaluated }
}

/** Fills a folder as a child leaves that of a cell which is done. */
export const fillCellFolder = async (folder: string, result: CellResult = smallResult): Promise<void> => {
  await mkdir(folder, { recursive: true })
  for (const name of ["config.yaml", "environment.json"]) await writeFile(join(folder, name), "{}\n")
  await writeCellFiles(folder, await storedArtefacts(), result)
}
