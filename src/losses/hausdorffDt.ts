import * as tf from "@tensorflow/tfjs-core"
import { signedDistances } from "../metrics/signedDistance.ts"
import { meanWithSlopes } from "../tensor/ops/meanWithSlopes.ts"
import { stopGradient } from "../tensor/stopGradient.ts"
import type { Loss } from "./loss.ts"
import { distanceLoss } from "./maskLoss.ts"

export interface HausdorffDtOptions {
  /** Exponent a of the distances, above 0. */
  readonly exponent: number
}

/** Distance to the nearest pixel of the other side, 1 and more, from the signed one; 0 in an image without border.
 *  In place. */
const toOtherSide = (signed: Float32Array, pixels: number): Float32Array => {
  for (let start = 0; start < signed.length; start += pixels) {
    const image = signed.subarray(start, start + pixels)
    if (!image.some((value) => value > 0)) continue
    for (let i = 0; i < pixels; i++) if (image[i] <= 0) image[i] = 1 - image[i]
  }
  return signed
}

/** d_p^a + d_y^a, found on the host: exact distances as tensor operations compare every pixel with its whole row and
 *  column, which takes several times as long. */
const borderWeight = (logits: tf.Tensor4D, distance: tf.Tensor4D, exponent: number): tf.Tensor4D => {
  const [batch, rows, columns] = logits.shape
  const z = logits.dataSync<"float32">()
  const foreground = new Uint8Array(z.length)
  for (let i = 0; i < z.length; i++) foreground[i] = z[i] > 0 ? 1 : 0
  const predicted = toOtherSide(signedDistances(foreground, [batch, rows, columns]), rows * columns)
  const annotated = toOtherSide(distance.dataSync<"float32">().slice(), rows * columns)
  const weight = new Float32Array(z.length)
  for (let i = 0; i < z.length; i++)
    weight[i] =
      exponent === 2
        ? predicted[i] * predicted[i] + annotated[i] * annotated[i] // much faster than powers
        : predicted[i] ** exponent + annotated[i] ** exponent
  return tf.tensor4d(weight, logits.shape)
}

/** Hausdorff-distance loss by distance transforms, mean over B, H and W of (p - y)^2 (d_p^a + d_y^a),
 *  p = sigmoid(z), d_y and d_p the Euclidean distances in pixels to the nearest pixel of the other side of the
 *  mask and of the prediction p > 1/2; both constant.
 *  The loss takes logits [B, H, W, 1] unbounded, truth.mask in [0, 1] and truth.distance; it returns a scalar in
 *  [0, infinity) that grows with the square of the image's side (a = 2), 0 when p is the mask. In an image without
 *  border, all mask or none, d_y is 0, and d_p is 0 when the prediction has none: an empty or a full prediction of
 *  an empty mask costs nothing.
 *  It reads the logits to the host, so it does not run in a traced graph.
 *  The loss throws ShapeError when shapes differ, Error when the distance is missing.
 *  Source: Karimi & Salcudean 2019 (their Loss_DT); d and its value without a border as in MONAI (HausdorffDTLoss).
 *  Deviation: of a soft mask, d_y counts 1/2 as inside, MONAI as outside.
 *  @example hausdorffDt({ exponent: 2 }).apply({}, logits, { mask, distance }, at)
 */
export const hausdorffDt = ({ exponent }: HausdorffDtOptions): Loss =>
  distanceLoss("hausdorffDt", (logits, mask, distance) => {
    const weight = stopGradient(borderWeight(logits, distance, exponent))
    return meanWithSlopes([logits], (z) => {
      const p = tf.sigmoid(z)
      const error = tf.sub(p, mask)
      const weighed = tf.mul(error, weight)
      return { values: tf.mul(error, weighed), slopes: [tf.mul(tf.mul(weighed, 2), tf.mul(p, tf.sub(1, p)))] }
    })
  })
