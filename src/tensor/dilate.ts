import * as tf from "@tensorflow/tfjs-core"
import { stopGradient } from "./stopGradient.ts"

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
    const before = Math.floor(kernel / 2)
    const around: [number, number] = [before, kernel - 1 - before]
    // TensorFlow's MaxPool takes no explicit padding, so the zeros are put around first.
    const padded = tf.pad(constant, [[0, 0], around, around, [0, 0]])
    return tf.maxPool(padded, kernel, 1, "valid")
  })
