import { Effect } from "effect"
import { bfloat16Problem } from "../engine/bfloat16.ts"
import { Failure, failure } from "../failure/failure.ts"
import { toFailure } from "../failure/toFailure.ts"
import type { Objective } from "../losses/objective.ts"
import type { Model } from "../models/model.ts"
import type { Schedule, Transform } from "../optimizers/transform.ts"
import type { Precision } from "../tensor/precision.ts"
import type { Sampler } from "./augment.ts"
import { Events } from "./events.ts"
import { type Stage, stage } from "./stage.ts"
import { Tracing } from "./tracer.ts"
import { Checkpoints } from "./training/checkpoint.ts"
import type { History } from "./training/history.ts"
import { runEpochs } from "./training/runEpochs.ts"
import { slowInBfloat16 } from "./training/slowInBfloat16.ts"
import type { NamedArrays } from "./training/trainState.ts"

export interface TrainOptions {
  readonly model: Model
  readonly objective: Objective
  readonly optimizer: Transform
  readonly schedule: Schedule
  readonly epochs: number
  readonly batchSize: number
  /** Which epoch's weights are kept: the last one's, or those of the best validation Dice. */
  readonly keep: "last" | "best"
  /** Of the network in a step; loss, weights and update are float32. */
  readonly precision: Precision
  readonly seed: number
}

/** A trained network. */
export interface Trained {
  /** "params/..." and "state/...": what the model's apply needs. */
  readonly weights: NamedArrays
  readonly history: History
  /** What it was trained on. */
  readonly datasetKey: string
}

/** What can be known to be wrong before the first step. */
const check = ({ model, objective, keep, precision }: TrainOptions, { dataset }: Sampler): Failure | null => {
  const { rows, columns, train, validation } = dataset
  if (train.count === 0)
    return failure("data", {
      path: "load.split",
      message: "there are no slices to train on",
      fix: "raise load.split.train",
    })
  if (keep === "best" && !validation.masks.includes(1))
    return failure("data", {
      path: "train.keep",
      message: "the best epoch cannot be told: no validation slice has foreground",
      fix: "raise load.split.validation, or set train.keep to last",
    })
  if (objective.needs.second && train.second === undefined)
    return failure("data", {
      path: "train.loss",
      message: "the loss needs the second annotator's masks, and the training data have none",
      fix: "choose a loss that needs the expert alone, or a source with a second annotator",
    })
  if (rows % model.divisor !== 0 || columns % model.divisor !== 0)
    return failure("config", {
      path: "load.size",
      message: "the network halves the image too often for this size",
      expected: `rows and columns divisible by ${model.divisor}`,
      found: `${rows} x ${columns}`,
      fix: "change load.size, or lower train.model.depth",
    })
  const unable = precision === "bfloat16" ? bfloat16Problem() : null
  return unable === null ? null : failure("environment", unable)
}

/** A failure with its place: what is wrong with a step is wrong with the loss, since networks and optimizers are not
 *  the user's own. */
export const ofTheLoss = (failed: Failure): Failure =>
  failed.kind === "config"
    ? new Failure(
        failed.kind,
        failed.problems.map((problem) => ({ path: "train.loss", ...problem })),
        { cause: failed.cause },
      )
    : failed

/** Trains a network; goes on from a checkpoint of the same key when there is one. */
export const train = (options: TrainOptions): Stage<Sampler, Trained, Failure, Events | Checkpoints> =>
  stage(
    "train",
    Effect.fnUntraced(function* (sampler: Sampler) {
      const problem = check(options, sampler)
      if (problem !== null) return yield* Effect.fail(problem)
      const { emit } = yield* Events
      if (options.precision === "bfloat16") {
        const { model, objective, optimizer } = options
        const slow = slowInBfloat16(model, objective, optimizer, sampler.dataset.rows)
        if (slow !== null) emit({ event: "warning", message: slow })
      }
      const checkpoints = yield* Checkpoints
      const tracer = yield* Tracing
      const { weights, history } = yield* Effect.tryPromise({
        try: (signal) => runEpochs(options, sampler, { checkpoints, emit, signal, tracer }),
        catch: (error) => ofTheLoss(toFailure(error)),
      })
      return { weights, history, datasetKey: sampler.datasetKey }
    }),
  )
