import * as tf from "@tensorflow/tfjs-core"
import { meanWithSlopes } from "../tensor/ops/meanWithSlopes.ts"
import { binaryCrossEntropy } from "./binaryCrossEntropy.ts"
import type { Loss } from "./loss.ts"
import { distanceLoss } from "./maskLoss.ts"

export interface BoundaryWeightedBceOptions {
  /** What a pixel at the border weighs more than one far from it, w0, at least 0. */
  readonly borderWeight: number
  /** How far the additional weight reaches, s, above 0, in pixels: it has fallen to 0.61 there. */
  readonly sigmaPixels: number
}

/** 1 + w0 exp(-d^2 / (2 s^2)), d = 0 on two pixels that meet at the border; 1 where an image has no border.
 *  @param distance signed, as Truth.distance: 0 and less inside the mask, 1 and more outside
 */
const borderWeights = (
  distance: tf.Tensor4D,
  { borderWeight, sigmaPixels }: BoundaryWeightedBceOptions,
): tf.Tensor => {
  // phi - 1 outside and -phi inside
  const fromBorder = tf.maximum(tf.sub(distance, 1), tf.neg(distance))
  const near = tf.exp(tf.mul(tf.square(fromBorder), -1 / (2 * sigmaPixels ** 2)))
  // An image with a border has pixels outside its mask, so distances from 1; one without has 0 everywhere.
  const hasBorder = tf.clipByValue(tf.max(distance, [1, 2, 3], true), 0, 1)
  return tf.add(tf.mul(near, tf.mul(hasBorder, borderWeight)), 1)
}

/** Binary cross-entropy that weighs pixels near the mask's border more, mean over B, H and W of
 *  (1 + w0 exp(-d^2 / (2 s^2))) bce, d the distance in pixels to the nearest pixel across the border, less 1.
 *  The loss takes logits [B, H, W, 1] unbounded, truth.mask in [0, 1] and truth.distance; it returns a scalar in
 *  [0, infinity), at least bce and at most (1 + w0) bce; bce at w0 = 0 and for empty and full masks.
 *  The mean is over pixels, not over weights. Distances are in pixels of the logits' resolution.
 *  The loss throws ShapeError when shapes differ.
 *  Source: the border term of Ronneberger, Fischer and Brox 2015 (U-Net). Deviation: their weight grows where two
 *  objects are close, because they add the distances to the two nearest; a single mask has one.
 *  @example boundaryWeightedBce({ borderWeight: 5, sigmaPixels: 3 }).apply({}, logits, { mask, distance }, at)
 */
export const boundaryWeightedBce = (options: BoundaryWeightedBceOptions): Loss =>
  distanceLoss("boundaryWeightedBce", (logits, mask, distance) =>
    meanWithSlopes([logits], (z) => {
      const weights = borderWeights(distance, options)
      return {
        values: tf.mul(weights, binaryCrossEntropy(z, mask)),
        slopes: [tf.mul(weights, tf.sub(tf.sigmoid(z), mask))],
      }
    }),
  )
