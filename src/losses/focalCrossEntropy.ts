import * as tf from "@tensorflow/tfjs-core"
import { meanWithSlopes } from "../tensor/ops/meanWithSlopes.ts"
import { classCosts } from "./binaryCrossEntropy.ts"

/** How the pixels of a class count. */
export interface ClassFocus {
  readonly weight: number
  /** Exponent of the probability of the other class, at least 0. */
  readonly gamma: number
}

/** w (other class's probability)^gamma, that probability's -log being `cost`. */
const focusOf = (
  { weight, gamma }: ClassFocus,
  probability: tf.Tensor,
  cost: tf.Tensor,
): tf.Tensor | number => {
  if (gamma === 0) return weight
  const focus = gamma === 2 ? tf.square(probability) : tf.exp(tf.mul(cost, -gamma))
  return weight === 1 ? focus : tf.mul(focus, weight)
}

/** Mean over all pixels of w_1 y (1 - p)^g_1 (-log p) + w_0 (1 - y) p^g_0 (-log(1 - p)), p = sigmoid(z), each class
 *  with a weight and an exponent of its own.
 *  Powers are taken in log space, (1 - p)^g = exp(-g softplus(z)), so any exponent from 0 has a finite slope where
 *  p rounds to 1.
 *  @param mask in [0, 1], of the logits' shape; a constant
 */
export const focalCrossEntropy = (
  logits: tf.Tensor4D,
  mask: tf.Tensor4D,
  foreground: ClassFocus,
  background: ClassFocus,
): tf.Scalar =>
  meanWithSlopes([logits], (z) => {
    const cost = classCosts(z)
    const p = tf.exp(tf.neg(cost.foreground))
    const rest = tf.exp(tf.neg(cost.background)) // 1 - p
    const ofForeground = tf.mul(mask, focusOf(foreground, rest, cost.background))
    const ofBackground = tf.mul(tf.sub(1, mask), focusOf(background, p, cost.foreground))
    // d/dz (1 - p)^g (-log p) = -(1 - p)^g (g p (-log p) + 1 - p), and its mirror image
    const falls = tf.add(tf.mul(tf.mul(p, foreground.gamma), cost.foreground), rest)
    const rises = tf.add(tf.mul(tf.mul(rest, background.gamma), cost.background), p)
    return {
      values: tf.add(tf.mul(ofForeground, cost.foreground), tf.mul(ofBackground, cost.background)),
      slopes: [tf.sub(tf.mul(ofBackground, rises), tf.mul(ofForeground, falls))],
    }
  })
