import * as tf from "@tensorflow/tfjs-core"

/** Odd, and below 2^22: the product with an int32 is exact in float64, where the JavaScript engine forms it. */
const multipliers = [69069, 1664525]

/** The key of one of several parts that draw from one step's randomness: k m + (i + 1), modulo 2^32, of each word.
 *  Other indices have other keys, and so have other paths of indices (child 1 of child 0, child 0 of child 1).
 *  Tensor ops alone, so that a step can be traced; the same numbers on every engine. Call inside tf.tidy.
 *  @param key   [2] int32
 *  @param index from 0
 *  @returns     [2] int32
 */
export const childKey = (key: tf.Tensor1D, index: number): tf.Tensor1D =>
  tf.add(tf.mul(key, tf.tensor1d(multipliers, "int32")), tf.scalar(index + 1, "int32"))
