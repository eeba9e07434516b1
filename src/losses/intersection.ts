import * as tf from "@tensorflow/tfjs-core"
import { type Over, pixelGroups } from "./pixelGroups.ts"

export interface IntersectionOptions {
  readonly over: Over
  /** Whether S sums squares. */
  readonly squared: boolean
}

/** What Dice and Jaccard are ratios of: soft areas of p = sigmoid(z) and the mask y, [G], one for each group. */
export interface Intersection {
  /** I = sum p y. */
  readonly intersection: tf.Tensor1D
  /** S = sum p + sum y, or sum p^2 + sum y^2. */
  readonly total: tf.Tensor1D
  /** S - 2 I, what the prediction has too much and too little; rounding does not take it below 0. */
  readonly difference: tf.Tensor1D
}

/** [I, S], [2, G], with dI/dp = y and dS/dp = 1, or 2 p when squared. By hand, because the gradients of tf.sum
 *  and tf.mul write three times as many arrays of the batch's size.
 */
const areas = (p: tf.Tensor2D, mask: tf.Tensor2D, squared: boolean): tf.Tensor2D =>
  tf.customGrad((x, save) => {
    const p = x as tf.Tensor2D
    const area = (of: tf.Tensor2D) => tf.sum(squared ? tf.square(of) : of, 1)
    ;(save as tf.GradSaveFunc)([p, mask])
    return {
      value: tf.stack([tf.sum(tf.mul(p, mask), 1), tf.add(area(p), area(mask))]),
      gradFunc: (dy: tf.Tensor, [p, mask]: tf.Tensor[]) => {
        const [perIntersection, perTotal] = tf.unstack(tf.expandDims(dy, 2))
        const ofTotal = squared ? tf.mul(p!, tf.mul(perTotal!, 2)) : perTotal!
        return tf.add(tf.mul(mask!, perIntersection!), ofTotal)
      },
    }
  })(p) as tf.Tensor2D

/** @param mask [B, H, W, 1] in [0, 1], soft allowed; a constant with respect to the gradient */
export const intersection = (
  logits: tf.Tensor4D,
  mask: tf.Tensor4D,
  { over, squared }: IntersectionOptions,
): Intersection => {
  const p = tf.sigmoid(pixelGroups(logits, over))
  const [common, total] = tf.unstack(areas(p, pixelGroups(mask, over), squared)) as [tf.Tensor1D, tf.Tensor1D]
  return { intersection: common, total, difference: tf.relu(tf.sub(total, tf.mul(common, 2))) }
}
