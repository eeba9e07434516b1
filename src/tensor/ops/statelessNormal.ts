import * as tf from "@tensorflow/tfjs-core"
import { rootKey } from "../randomKey.ts"
import { registerOwnKernel } from "./ownKernel.ts"

/** Kernel name, for engines with random numbers of their own. Inputs: key [2] int32, shape [rank] int32. */
export const statelessNormalKernel = "LosslabStatelessNormal"

registerOwnKernel(statelessNormalKernel, ({ key, shape }) => {
  const [first, second] = key!.dataSync()
  const sizes = [...shape!.dataSync()]
  const draws = rootKey(first!).child("statelessNormal", second!).draws()
  const count = sizes.reduce((product, size) => product * size, 1)
  return [tf.tensor(Float32Array.from({ length: count }, draws.normal), sizes)]
})

/** Independent standard normal numbers that depend on the key alone: one key, one result on one engine, in any
 *  process; another engine draws others. Constant with respect to the gradient; on the TensorFlow engine the key is
 *  never read to the host.
 *  @param key [2] int32, as Key.seedPair gives it
 */
export const statelessNormal = (key: tf.Tensor1D, shape: readonly number[]): tf.Tensor =>
  tf.tidy(() => {
    const sizes = tf.tensor1d([...shape], "int32")
    return tf.engine().runKernel<tf.Tensor[]>(statelessNormalKernel, { key, shape: sizes })[0]!
  })
