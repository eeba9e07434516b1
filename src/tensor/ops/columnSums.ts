import * as tf from "@tensorflow/tfjs-core"
import { registerOwnKernel, runOwnKernel } from "./ownKernel.ts"

/** Kernel name, for engines with a faster implementation. x [N, C] -> [C]. */
export const columnSumsKernel = "LosslabColumnSums"

registerOwnKernel(columnSumsKernel, ({ x }) => [tf.sum(x!, 0)])

/** Sum over all axes but the last: what the gradient of a vector that was added, or multiplied, to every row is made
 *  of. Not to be differentiated.
 *  @param x [..., C]   @returns [C] */
export const columnSums = (x: tf.Tensor): tf.Tensor1D =>
  tf.tidy(() => {
    const rows = tf.reshape(x, [-1, x.shape.at(-1)!])
    return runOwnKernel(columnSumsKernel, { x: rows }, {})[0] as tf.Tensor1D
  })
