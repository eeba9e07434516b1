import * as tf from "@tensorflow/tfjs-core"
import { statelessUniform } from "./statelessUniform.ts"

/** Inverted dropout: each entry is 0 with probability rate, and x / (1 - rate) otherwise, so that its expectation
 *  stays. Kept is where statelessUniform(key) >= rate: the same entries for one key, on every engine; the gradient
 *  has the same mask. At rate 0 it is x itself, and nothing is drawn. Any shape; call inside tf.tidy.
 *  @param rate in [0, 1); throws RangeError outside
 *  @param key  [2] int32, of this use alone: another use with the same key drops the same entries
 *  Source: Srivastava et al. 2014, scaled in training as PyTorch does (torch.nn.Dropout).
 */
export const dropout = <T extends tf.Tensor>(x: T, rate: number, key: tf.Tensor1D): T => {
  if (!(rate >= 0 && rate < 1)) throw new RangeError(`dropout: rate must be in [0, 1), got ${rate}`)
  if (rate === 0) return x
  const kept = tf.cast(tf.greaterEqual(statelessUniform(key, x.shape), rate), "float32")
  return tf.mul(x, tf.mul(kept, 1 / (1 - rate)))
}
