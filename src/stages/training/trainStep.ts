import * as tf from "@tensorflow/tfjs-core"
import type { At, Truth } from "../../losses/loss.ts"
import type { Objective } from "../../losses/objective.ts"
import type { Model } from "../../models/model.ts"
import { globalNorm } from "../../optimizers/globalNorm.ts"
import type { StepInputs, Transform } from "../../optimizers/transform.ts"
import { childKey } from "../../tensor/childKey.ts"
import { fullPrecision } from "../../tensor/ops/fullPrecision.ts"
import { type Params, zipTrees } from "../../tensor/tree.ts"
import { valueAndGradient } from "../../tensor/valueAndGradient.ts"
import { type TrainState, trainable } from "./trainState.ts"

/** A batch on the engine. */
export interface Batch {
  /** [B, H, W, 1] */
  readonly images: tf.Tensor4D
  /** One per output of the network, full resolution first. */
  readonly truths: readonly Truth[]
}

export interface Step {
  /** The next train state, in tensors of its own: the previous one is still whole, and its holder's to dispose. */
  readonly state: TrainState
  /** Before the step. */
  readonly loss: tf.Scalar
  /** Global norm of the gradient, before the optimizer clips it. */
  readonly gradientNorm: tf.Scalar
}

/** The network's child of the step's key. The losses have the key itself and its children from 0 on, one for each
 *  term or image (losses/terms.ts, losses/perImage.ts), and no batch has so many: network and losses share no draw. */
const networkKey = 2 ** 20

/** One step of training as a pure function: nothing is mutated, and whatever changes from step to step is a
 *  tensor, so that a step can be replayed, checkpointed, or traced once. */
export const trainStep =
  (model: Model, objective: Objective, optimizer: Transform) =>
  (current: TrainState, batch: Batch, at: At & StepInputs): Step =>
    tf.tidy(() => {
      const before = trainable(current)
      const { value, gradient, aux } = valueAndGradient((tree) => {
        const { params, objective: own } = tree as Pick<TrainState, "params" | "objective">
        const mode = { training: true, key: childKey(at.key, networkKey) } as const
        const { outputs, state } = model.apply(params, current.state, batch.images, mode)
        const logits = outputs.map(fullPrecision)
        return { value: objective.apply(own ?? {}, logits, batch.truths, at), aux: state }
      }, before)
      const { updates, slots } = optimizer.update(gradient, current.slots, before, at)
      const after = zipTrees(before, updates, (leaf, update): tf.Tensor => tf.add(leaf, update))
      const { params, objective: own = {} } = after as { params: Params; objective?: Params }
      const state: TrainState = { params, state: aux, objective: own, slots }
      return { state, loss: value, gradientNorm: globalNorm(gradient) }
    })
