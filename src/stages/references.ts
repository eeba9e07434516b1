import { Effect } from "effect"
import type { Dataset, TestCase } from "../data/dataset/dataset.ts"
import { fitOf } from "../data/dataset/fit.ts"
import { packMask } from "../data/dataset/packedMask.ts"
import type { Failure } from "../failure/failure.ts"
import { toFailure } from "../failure/toFailure.ts"
import { averageCases } from "../metrics/averageCases.ts"
import type { ScoreOptions } from "../metrics/scoreMask.ts"
import { meanMaskName, type ReferenceRow } from "./reportInput.ts"
import type { Prediction } from "./scorePrediction.ts"
import { type Stage, stage } from "./stage.ts"
import { scoringThreads, withScorer } from "./withScorer.ts"

/** Share of the training slices with foreground whose expert mask covers each pixel; [rows, columns] in [0, 1]. */
const meanTrainingMask = ({ train, rows, columns }: Dataset): Float32Array => {
  const pixels = rows * columns
  const sum = new Float32Array(pixels)
  let slices = 0
  for (let i = 0; i < train.count; i++) {
    const mask = train.masks.subarray(i * pixels, (i + 1) * pixels)
    if (!mask.includes(1)) continue
    slices++
    for (let j = 0; j < pixels; j++) sum[j]! += mask[j]!
  }
  return slices === 0 ? sum : sum.map((value) => value / slices)
}

/** The masks of every row: a prediction of some of the test cases. */
const rowsOf = function* (dataset: Dataset): Generator<readonly [name: string, Prediction[]]> {
  const mean = meanTrainingMask(dataset)
  yield [
    meanMaskName,
    dataset.testCases.map((one) => {
      const [columns, rows, slices] = one.geometry.shape
      const slice = new Uint8Array(rows * columns)
      fitOf(dataset, one.geometry).markNative(mean, 0.5, slice)
      const mask = new Uint8Array(slice.length * slices)
      for (let i = 0; i < slices; i++) mask.set(slice, i * slice.length)
      return { of: one, mask: packMask(mask) }
    }),
  ]
  for (const name of new Set(dataset.testCases.flatMap((one) => Object.keys(one.annotators))))
    yield [
      name,
      dataset.testCases.flatMap((one) => {
        const mask = one.annotators[name]
        return mask === undefined ? [] : [{ of: one, mask }]
      }),
    ]
}

/** The test cases, each as often as a row predicts it. */
const predicted = ({ testCases }: Dataset): TestCase[] =>
  testCases.flatMap((one) => [one, ...Object.keys(one.annotators).map(() => one)])

/** What any loss must be held against: the mean training mask, which never looks at the image, and every
 *  human annotator, scored against the expert exactly as a network is. */
export const references = (scoring: ScoreOptions): Stage<Dataset, readonly ReferenceRow[], Failure, never> =>
  stage("references", (dataset) =>
    Effect.tryPromise({
      try: (signal) =>
        withScorer({ scoring, signal, threads: scoringThreads(predicted(dataset)) }, async (score) => {
          const rows: ReferenceRow[] = []
          for (const [name, predictions] of rowsOf(dataset)) {
            const cases = await Promise.all(predictions.map(score))
            rows.push({ name, scores: averageCases(cases, scoring) })
          }
          return rows
        }),
      catch: toFailure,
    }),
  )
