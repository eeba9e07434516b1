import * as tf from "@tensorflow/tfjs-core"

/** x^exponent for x >= floor, and the chord x floor^(exponent - 1) below: continuous, 0 at 0, and with a slope
 *  of at most floor^(exponent - 1) where that of a power below 1 grows without bound (and is NaN at 0 in tf).
 *  @param x at least 0, any shape
 */
export const guardedPower = <T extends tf.Tensor>(x: T, exponent: number, floor: number): T =>
  tf.mul(x, tf.pow(tf.maximum(x, floor), exponent - 1))
