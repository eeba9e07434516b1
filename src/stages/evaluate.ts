import { Effect } from "effect"
import type { Dataset, TestPatient } from "../data/dataset.ts"
import { type PackedMask, packMask, unpackMask } from "../data/packedMask.ts"
import { upsampleBilinear } from "../data/resample.ts"
import type { Failure } from "../failure/failure.ts"
import { toFailure } from "../failure/toFailure.ts"
import type { ScoreOptions } from "../metrics/scoreMask.ts"
import type { Scores } from "../metrics/scores.ts"
import { type PatientMasks, scorePatients } from "../metrics/scoreVolumes.ts"
import type { Model } from "../models/model.ts"
import { breathe } from "./breathe.ts"
import { Datasets } from "./datasets.ts"
import { Events } from "./events.ts"
import type { History } from "./history.ts"
import { predict } from "./predict.ts"
import { type Stage, stage } from "./stage.ts"
import type { Trained } from "./train.ts"
import { tensorsOf } from "./weights.ts"

export interface EvaluateOptions {
  readonly model: Model
  readonly batchSize: number
  readonly scoring: ScoreOptions
}

/** A mask of every slice of a test patient, at native resolution. */
export interface Prediction {
  readonly patient: TestPatient
  /** [slices, rows, columns] 0 or 1 */
  readonly mask: PackedMask
}

export interface Evaluated {
  readonly scores: Scores
  readonly history: History
  /** Present when just made; a stored evaluation keeps them as NIfTI files. */
  readonly predictions?: readonly Prediction[]
}

/** Unpacks one patient at a time. */
function* unpacked(predictions: readonly Prediction[]): Generator<PatientMasks> {
  for (const { patient, mask } of predictions) {
    const [columns, rows, slices] = patient.geometry.shape
    const [x, y] = patient.geometry.spacingMm
    yield {
      id: patient.id,
      rows,
      columns,
      slices,
      spacingMm: [y, x],
      prediction: unpackMask(mask),
      reference: unpackMask(patient.expert),
    }
  }
}

/** Scores masks of the test patients against the expert, slice by slice at native resolution. */
export const scorePredictions = (predictions: readonly Prediction[], scoring: ScoreOptions): Scores =>
  scorePatients(unpacked(predictions), scoring)

/** Probabilities at the training size to a mask at native resolution: bilinear, then p >= 0.5. */
const toNative = (dataset: Dataset, patient: TestPatient, probabilities: Float32Array): Uint8Array => {
  const [columns, rows, slices] = patient.geometry.shape
  const mask = new Uint8Array(columns * rows * slices)
  const pixels = dataset.rows * dataset.columns
  dataset.test.ids.forEach(({ patient: id, slice }, i) => {
    if (id !== patient.id) return
    const small = probabilities.subarray(i * pixels, (i + 1) * pixels)
    const native = upsampleBilinear(small, dataset.rows, dataset.columns, rows, columns)
    const offset = slice * rows * columns
    for (let j = 0; j < native.length; j++) mask[offset + j] = native[j]! >= 0.5 ? 1 : 0
  })
  return mask
}

/** A trained network's masks of the test patients, and their scores. */
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
            const probabilities = await predict(
              { model: options.model, ...weights.trees },
              dataset.test.images,
              dataset,
              {
                batchSize: options.batchSize,
                signal,
                onProgress: (done, total) => emit({ event: "progress", stage: "evaluate", done, total }),
              },
            )
            const predictions: Prediction[] = []
            for (const patient of dataset.testPatients) {
              predictions.push({ patient, mask: packMask(toNative(dataset, patient, probabilities)) })
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
