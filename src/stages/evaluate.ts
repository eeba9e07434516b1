import { Effect } from "effect"
import type { Dataset, TestCase } from "../data/dataset/dataset.ts"
import { fitOf } from "../data/dataset/fit.ts"
import { type PackedMask, packMask, unpackMask } from "../data/dataset/packedMask.ts"
import type { Failure } from "../failure/failure.ts"
import { toFailure } from "../failure/toFailure.ts"
import type { ScoreOptions } from "../metrics/scoreMask.ts"
import { type CaseMasks, scorePatients } from "../metrics/scorePatients.ts"
import type { Scores } from "../metrics/scores.ts"
import type { Model } from "../models/model.ts"
import { breathe } from "./breathe.ts"
import { Datasets } from "./datasets.ts"
import { Events } from "./events.ts"
import { forwardPass } from "./forwardPass.ts"
import { nativeMask } from "./native.ts"
import { probabilitiesOf } from "./probabilities.ts"
import { type Stage, stage } from "./stage.ts"
import type { Trained } from "./train.ts"
import type { History } from "./training/history.ts"
import { tensorsOf } from "./weightTensors.ts"

export interface EvaluateOptions {
  readonly model: Model
  readonly batchSize: number
  readonly scoring: ScoreOptions
}

/** A mask of every slice of a test case, at native resolution. */
export interface Prediction {
  readonly of: TestCase
  /** [slices, rows, columns] 0 or 1 */
  readonly mask: PackedMask
}

export interface Evaluated {
  readonly scores: Scores
  readonly history: History
  /** Present when just made; a stored evaluation keeps them as NIfTI files. */
  readonly predictions?: readonly Prediction[]
}

/** Unpacks one case at a time. */
function* unpacked(predictions: readonly Prediction[]): Generator<CaseMasks> {
  for (const { of, mask } of predictions) {
    const [columns, rows, slices] = of.geometry.shape
    const [x, y] = of.geometry.spacingMm
    yield {
      id: of.id,
      patient: of.patient,
      rows,
      columns,
      slices,
      spacingMm: [y, x],
      prediction: unpackMask(mask),
      reference: unpackMask(of.expert),
    }
  }
}

/** Scores masks of the test cases against the expert, slice by slice at native resolution. */
export const scorePredictions = (predictions: readonly Prediction[], scoring: ScoreOptions): Scores =>
  scorePatients(unpacked(predictions), scoring)

/** The test slices of a case at the training size, [slices, rows, columns]: they lie one after the other. */
const imagesOf = ({ test, rows, columns }: Dataset, { id, geometry }: TestCase): Float32Array => {
  const pixels = rows * columns
  const first = test.ids.findIndex((one) => one.case === id)
  return test.images.subarray(first * pixels, (first + geometry.shape[2]) * pixels)
}

/** A trained network's masks of the test cases, and their scores. */
export const evaluate = (options: EvaluateOptions): Stage<Trained, Evaluated, Failure, Events | Datasets> =>
  stage(
    "evaluate",
    Effect.fnUntraced(function* (trained: Trained) {
      const { emit } = yield* Events
      const dataset = yield* (yield* Datasets).get(trained.datasetKey)
      return yield* Effect.tryPromise({
        try: async (signal) => {
          const weights = tensorsOf(trained.weights)
          try {
            const network = { forward: forwardPass(options.model), ...weights.trees }
            const predictions: Prediction[] = []
            for (const one of dataset.testCases) {
              // Case by case, as `losslab predict` does it, so that the masks are the same bit for bit.
              const probabilities = await probabilitiesOf(network, imagesOf(dataset, one), dataset, {
                batchSize: options.batchSize,
                signal,
              })
              const mask = nativeMask(probabilities, fitOf(dataset, one.geometry), one.geometry)
              predictions.push({ of: one, mask: packMask(mask) })
              const total = dataset.testCases.length
              emit({ event: "progress", stage: "evaluate", done: predictions.length, total })
              await breathe(signal)
            }
            const scores = scorePredictions(predictions, options.scoring)
            return { scores, history: trained.history, predictions }
          } finally {
            weights.dispose()
          }
        },
        catch: toFailure,
      })
    }),
  )
