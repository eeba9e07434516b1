import * as tf from "@tensorflow/tfjs-core"
import { stopGradient } from "./stopGradient.ts"

/** The largest of `window` values that lie `stride` apart, each value being the first of its own.
 *  Each round doubles the window, so that a window of 64 takes 6 rounds.
 *  @param values [N]
 *  @returns [N - (window - 1) stride] */
const slidingMax = (values: tf.Tensor1D, window: number, stride: number): tf.Tensor1D => {
  let result = values
  for (let reached = 1; reached < window; ) {
    const step = Math.min(reached, window - reached)
    const length = result.size - step * stride
    result = tf.maximum(tf.slice(result, 0, length), tf.slice(result, step * stride, length))
    reached += step
  }
  return result
}

/** Dilates masks by a kernel x kernel square; a constant with respect to the gradient.
 *  An even square has no centre: its anchor is floor(kernel / 2), as in OpenCV, so one pixel grows to the
 *  offsets 0..0, 0..+1, -1..+1, -1..+2 along both axes for kernels 1, 2, 3, 4.
 *  @param masks  [B, H, W, 1], at least 0 everywhere
 *  @param kernel side of the square in pixels, integer from 1; 1 changes nothing
 *  @returns [B, H, W, 1]: the largest value under the square, which ends at the image's border
 */
export const dilate = (masks: tf.Tensor4D, kernel: number): tf.Tensor4D =>
  tf.tidy(() => {
    const constant = stopGradient(masks)
    if (kernel === 1) return constant
    const [batch, rows, columns] = masks.shape
    const before = Math.floor(kernel / 2)
    const around: [number, number] = [before, kernel - 1 - before]
    // All images one after the other in one row of numbers, where a slice is a plain copy: TensorFlow's MaxPool of one
    // channel takes twenty times as long. The zeros between rows keep a window from reaching into the next row or
    // image; the empty image at the end is what the windows use up.
    const padded = tf.pad(constant, [[0, 1], around, around, [0, 0]])
    const [width, height] = [columns + kernel - 1, rows + kernel - 1]
    const acrossColumns = slidingMax(tf.reshape(padded, [-1]), kernel, 1)
    const grown = slidingMax(acrossColumns, kernel, width)
    const images: tf.Tensor4D = tf.reshape(tf.slice(grown, 0, batch * height * width), [
      batch,
      height,
      width,
      1,
    ])
    return tf.slice(images, [0, 0, 0, 0], [batch, rows, columns, 1])
  })
