import * as tf from "@tensorflow/tfjs-core"
import { statelessWords, unitInterval } from "../philox.ts"
import { registerOwnKernel } from "./ownKernel.ts"

/** Kernel name, for engines that draw the same numbers faster. Inputs: key [2] int32, shape [rank] int32. */
export const statelessUniformKernel = "LosslabStatelessUniform"

registerOwnKernel(statelessUniformKernel, ({ key, shape }) => {
  const [first, second] = key.dataSync()
  const sizes = [...shape.dataSync()]
  const numbers = new Float32Array(tf.util.sizeFromShape(sizes))
  const words = statelessWords([first, second], numbers.length)
  for (let i = 0; i < numbers.length; i++) numbers[i] = unitInterval(words[i])
  return [tf.tensor(numbers, sizes)]
})

/** Independent numbers uniform in [0, 1), multiples of 2^-23, that depend on the key alone: the same bits on every
 *  engine, in any process. Constant with respect to the gradient; on the TensorFlow engine the key is never read to
 *  the host.
 *  @param key [2] int32, as Key.seedPair gives it
 *  Source: TensorFlow's StatelessRandomUniform (version 1); philox.ts.
 */
export const statelessUniform = (key: tf.Tensor1D, shape: readonly number[]): tf.Tensor =>
  tf.tidy(() => {
    const sizes = tf.tensor1d([...shape], "int32")
    return tf.engine().runKernel<tf.Tensor[]>(statelessUniformKernel, { key, shape: sizes })[0]
  })
