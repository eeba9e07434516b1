import * as tf from "@tensorflow/tfjs-core"
import { mapTree, type Params, zipTrees } from "../tensor/tree.ts"
import type { Transform } from "./transform.ts"

export interface SgdOptions {
  /** Share of the last velocity that is kept; 0 is plain gradient descent. */
  readonly momentum?: number
  /** L2 penalty on every parameter, batch norm and biases included. */
  readonly weightDecay?: number
}

/** Stochastic gradient descent with momentum, in PyTorch's convention:
 *  g += weightDecay * w;  v = momentum * v + g;  w -= learningRate * v.
 *  Unlike tf.train.momentum's or Sutskever's form, the learning rate is outside the velocity.
 *  Slots: velocity, zero at first. */
export const sgd = ({ momentum = 0.9, weightDecay = 0 }: SgdOptions = {}): Transform => ({
  init: (params) => (momentum === 0 ? {} : { velocity: mapTree(params, (leaf) => tf.zerosLike(leaf)) }),
  update: (updates, slots, params, { learningRate }) => {
    const gradients =
      weightDecay === 0
        ? updates
        : zipTrees(updates, params, (g, w): tf.Tensor => tf.add(g, tf.mul(w, weightDecay)))
    const step = tf.neg(learningRate)
    const scaled = (tree: Params) => mapTree(tree, (leaf): tf.Tensor => tf.mul(leaf, step))
    if (momentum === 0) return { updates: scaled(gradients), slots: {} }
    const velocity = zipTrees(
      gradients,
      slots.velocity as Params,
      (g, v): tf.Tensor => tf.add(tf.mul(v, momentum), g),
    )
    return { updates: scaled(velocity), slots: { velocity } }
  },
})
