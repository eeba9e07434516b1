import * as tf from "@tensorflow/tfjs-core"
import { failure } from "../../failure/failure.ts"
import type { Objective } from "../../losses/objective.ts"
import type { Model } from "../../models/model.ts"
import { sgd } from "../../optimizers/sgd.ts"
import { rootKey } from "../../tensor/randomKey.ts"
import { type BatchArrays, batchTensors, makeBatch } from "./batches.ts"
import { disposeTrainState, initTrainState } from "./trainState.ts"
import { trainStep } from "./trainStep.ts"

/** Two slices of noise with a square as mask, and a second annotator whose square is larger. */
const madeUpBatch = (size: number, needs: Objective["needs"]): BatchArrays => {
  const count = 2
  const draws = rootKey(0).draws()
  const square = (margin: number) =>
    Uint8Array.from({ length: count * size * size }, (_, i) => {
      const [row, column] = [Math.floor((i % (size * size)) / size), i % size]
      return +(Math.min(row, column, size - 1 - row, size - 1 - column) >= margin)
    })
  const slices = {
    count,
    ids: [0, 1].map((slice) => ({ case: "made up", slice })),
    images: Float32Array.from({ length: count * size * size }, () => draws.uniform()),
    masks: square(size / 4),
    second: square(size / 4 - 1),
  }
  return makeBatch(slices, [0, 1], { rows: size, columns: size, augmentations: [], needs }, rootKey(0), 0)
}

/** One training step of a model and an objective on a small made-up batch: what would only fail in training
 *  fails here. Throws Failure("numerics") when the loss or its gradient is not finite, and what the loss throws. */
export const tryStep = (model: Model, objective: Objective): void => {
  const size = Math.max(16, model.divisor)
  const state = initTrainState(model, objective, sgd({ momentum: 0, weightDecay: 0 }), rootKey(0))
  try {
    const [loss, norm] = tf.tidy(() => {
      const at = {
        progress: tf.scalar(0),
        key: tf.tensor1d([0, 0], "int32"),
        learningRate: tf.scalar(0),
        step: tf.scalar(1),
      }
      const step = trainStep(model, objective, sgd({ momentum: 0, weightDecay: 0 }))
      const result = step(state, batchTensors(madeUpBatch(size, objective.needs)), at)
      return [result.loss.dataSync<"float32">()[0]!, result.gradientNorm.dataSync<"float32">()[0]!] as const
    })
    if (Number.isFinite(loss) && Number.isFinite(norm)) return
    throw failure("numerics", {
      path: "train.loss",
      message: "the loss is not finite on a small made-up batch",
      expected: "a finite loss and gradient",
      found: `loss ${loss}, norm of the gradient ${norm}`,
      fix: "look for a fault of the loss, such as the logarithm or the square root of 0",
    })
  } finally {
    disposeTrainState(state)
  }
}
