import { Effect } from "effect"
import type { Dataset, TestCase } from "../data/dataset/dataset.ts"
import { fitOf } from "../data/dataset/fit.ts"
import { packMask } from "../data/dataset/packedMask.ts"
import type { Failure } from "../failure/failure.ts"
import { toFailure } from "../failure/toFailure.ts"
import { averageCases } from "../metrics/averageCases.ts"
import type { ScoreOptions } from "../metrics/scoreMask.ts"
import type { Scores } from "../metrics/scores.ts"
import type { Model } from "../models/model.ts"
import { Datasets } from "./datasets.ts"
import { Events } from "./events.ts"
import { forwardPass } from "./forwardPass.ts"
import { nativeMask } from "./native.ts"
import { probabilitiesOf } from "./probabilities.ts"
import { profileForwardPass } from "./profileForwardPass.ts"
import type { Prediction } from "./scorePrediction.ts"
import { type Stage, stage } from "./stage.ts"
import { span, Tracing } from "./tracer.ts"
import type { Trained } from "./train.ts"
import type { History } from "./training/history.ts"
import { tensorsOf } from "./weightTensors.ts"
import { scoringThreads, withScorer } from "./withScorer.ts"

export interface EvaluateOptions {
  readonly model: Model
  readonly batchSize: number
  readonly scoring: ScoreOptions
}

export interface Evaluated {
  readonly scores: Scores
  readonly history: History
  /** Present when just made; a stored evaluation keeps them as NIfTI files. */
  readonly predictions?: readonly Prediction[]
}

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
      const tracer = yield* Tracing
      const dataset = yield* (yield* Datasets).get(trained.datasetKey)
      return yield* Effect.tryPromise({
        try: async (signal) => {
          const weights = tensorsOf(trained.weights)
          try {
            const network = { forward: forwardPass(options.model), ...weights.trees }
            const { scoring } = options
            const threads = scoringThreads(dataset.testCases)
            return await withScorer({ scoring, signal, threads }, async (score) => {
              const predictions: Prediction[] = []
              const scored: ReturnType<typeof score>[] = []
              for (const one of dataset.testCases) {
                // Case by case, as `losslab predict` does it, so that the masks are the same bit for bit.
                const images = imagesOf(dataset, one)
                const batching = { batchSize: options.batchSize, signal }
                tracer.operations("forward pass", () =>
                  profileForwardPass(network, images, dataset, batching),
                )
                const probabilities = await span(tracer, "forward passes", () =>
                  probabilitiesOf(network, images, dataset, batching),
                )
                const mask = span(tracer, "native mask", () =>
                  nativeMask(probabilities, fitOf(dataset, one.geometry), one.geometry),
                )
                const prediction = { of: one, mask: packMask(mask) }
                predictions.push(prediction)
                scored.push(span(tracer, "scoring", () => score(prediction), "scoring"))
                const total = dataset.testCases.length
                emit({ event: "progress", stage: "evaluate", done: predictions.length, total })
              }
              const cases = await span(tracer, "wait for the scores", () => Promise.all(scored))
              const scores = averageCases(cases, scoring)
              return { scores, history: trained.history, predictions }
            })
          } finally {
            weights.dispose()
          }
        },
        catch: toFailure,
      })
    }),
  )
