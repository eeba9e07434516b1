import * as tf from "@tensorflow/tfjs-core"
import { relu } from "../tensor/ops/relu.ts"
import { stopGradient } from "../tensor/stopGradient.ts"
import type { Loss } from "./loss.ts"
import { maskLoss } from "./maskLoss.ts"
import { trueClassLogit } from "./trueClass.ts"

export interface LovaszHingeOptions {
  /** The Jaccard index of each image, its losses averaged; or of all pixels of the batch at once. */
  readonly over: "image" | "batch"
}

/** How much each pixel adds to the Jaccard loss when the pixels become mistakes one by one, the worst first.
 *  With G the foreground, after the first k pixels of which c are foreground, the intersection is I = G - c, the
 *  union U = I + k, the Jaccard loss 1 - I / U. A pixel y adds (I + k y) / (U (U - 1 + y)): the difference of two
 *  neighbouring losses, in a form that does not subtract two numbers next to 1.
 *  @param errors, mask [groups, pixels]
 *  @returns [groups, pixels], not negative, at the place of the pixel; each row sums to 1
 */
const jaccardShares = (errors: tf.Tensor2D, mask: tf.Tensor2D): tf.Tensor2D => {
  const [groups, pixels] = errors.shape
  const flat = (x: tf.Tensor): tf.Tensor1D => tf.reshape(x, [-1])
  const { indices } = tf.topk(errors, pixels, true)
  const start = tf.mul(tf.range(0, groups, 1, "int32"), tf.scalar(pixels, "int32"))
  const places = flat(tf.add(indices, tf.reshape(start, [groups, 1])))
  const y = tf.reshape(tf.gather(flat(mask), places), [groups, pixels])
  const foreground = tf.sum(mask, 1, true)
  const rank = tf.range(1, pixels + 1)
  const intersection = tf.sub(foreground, tf.cumsum(y, 1))
  const union = tf.add(intersection, rank)
  // Without foreground the first mistake alone takes the index from 1 to 0, and 0 / 0 is avoided.
  const empty: tf.Tensor2D = tf.sub(1, tf.step(foreground))
  const product = tf.add(tf.mul(union, tf.sub(tf.add(union, y), 1)), empty)
  const added = tf.add(
    tf.div(tf.add(intersection, tf.mul(y, rank)), product),
    tf.pad(empty, [
      [0, 0],
      [0, pixels - 1],
    ]),
  )
  // Not unsortedSegmentSum, which in JavaScript takes time proportional to the square of the pixels.
  return tf.reshape(tf.scatterND(tf.reshape(places, [-1, 1]), flat(added), [groups * pixels]), [
    groups,
    pixels,
  ])
}

/** Lovasz hinge: the convex, piecewise linear extension of the Jaccard loss 1 - IoU to margins.
 *  With e = 1 - z (2y - 1) in descending order, the mean over images (or one for the batch) of
 *  sum over k of max(e_k, 0) (J_k - J_(k-1)), J_k the Jaccard loss when the first k pixels are the mistakes.
 *  The loss takes logits [B, H, W, 1] unbounded and truth.mask in {0, 1} (in between, the formula is taken
 *  literally); it returns a scalar in [0, infinity), 0 iff every pixel is right by a margin of 1. When every
 *  max(e, 0) is 0 or 1 it is 1 - IoU of these mistakes. An empty mask costs max(e, 0) of the worst pixel alone; so
 *  do a full one's pixels cost their mean. Among equal errors the first in row-major order counts as the worst: the
 *  value does not depend on it, the gradient (a subgradient there) does. No pixel but those with e > 0 has one.
 *  The loss throws ShapeError when shapes differ.
 *  Source: Berman, Triki & Blaschko 2018; their code (LovaszSoftmax), which is the same but for the order among
 *  equal errors, and which has no label to ignore here.
 *  @example lovaszHinge({ over: "image" }).apply({}, logits, { mask }, at)
 */
export const lovaszHinge = ({ over }: LovaszHingeOptions): Loss =>
  maskLoss("lovaszHinge", (logits, mask) => {
    const groups = over === "image" ? logits.shape[0] : 1
    const grouped = (x: tf.Tensor4D): tf.Tensor2D => tf.reshape(x, [groups, -1])
    const errors = grouped(tf.sub(1, trueClassLogit(logits, mask)))
    // Sorting has no gradient, and needs none: the shares are locally constant.
    const shares = tf.customGrad((e) => ({
      value: jaccardShares(e as tf.Tensor2D, grouped(mask)),
      gradFunc: (dy: tf.Tensor) => tf.zerosLike(dy),
    }))
    const weighed = tf.mul(relu(errors), stopGradient(shares(errors)))
    return tf.div(tf.sum(weighed), groups)
  })
