import * as tf from "@tensorflow/tfjs-core"
import { mapTree, type Params, zipTrees } from "../tensor/tree.ts"
import type { Transform } from "./transform.ts"

export interface AdamOptions {
  /** Decay of the mean of the gradient. */
  readonly beta1?: number
  /** Decay of the mean of its square. */
  readonly beta2?: number
  /** Added to the root of the corrected second moment. */
  readonly epsilon?: number
}

/** Adam: m = beta1 m + (1 - beta1) g;  v = beta2 v + (1 - beta2) g^2;
 *  w -= learningRate * m^ / (sqrt(v^) + epsilon), with m^ = m / (1 - beta1^step), v^ = v / (1 - beta2^step).
 *  Computed as (learningRate c / (1 - beta1^step)) m / (sqrt(v) + c epsilon), c = sqrt(1 - beta2^step), which
 *  is the same and touches the large tensors less often.
 *  Slots: mean, square, zero at first. Source: Kingma & Ba 2015; epsilon stands where PyTorch has it. */
export const adam = ({ beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions = {}): Transform => ({
  init: (params) => ({
    mean: mapTree(params, (leaf) => tf.zerosLike(leaf)),
    square: mapTree(params, (leaf) => tf.zerosLike(leaf)),
  }),
  update: (gradients, slots, _params, { learningRate, step }) => {
    const correction = tf.sqrt(tf.sub(1, tf.pow(beta2, step)))
    const rate = tf.neg(tf.div(tf.mul(learningRate, correction), tf.sub(1, tf.pow(beta1, step))))
    const floor = tf.mul(correction, epsilon)
    const mean = zipTrees(
      gradients,
      slots.mean as Params,
      (g, m): tf.Tensor => tf.add(tf.mul(m, beta1), tf.mul(g, 1 - beta1)),
    )
    const square = zipTrees(
      gradients,
      slots.square as Params,
      (g, v): tf.Tensor => tf.add(tf.mul(v, beta2), tf.mul(tf.square(g), 1 - beta2)),
    )
    const updates = zipTrees(
      mean,
      square,
      (m, v): tf.Tensor => tf.div(tf.mul(m, rate), tf.add(tf.sqrt(v), floor)),
    )
    return { updates, slots: { mean, square } }
  },
})
