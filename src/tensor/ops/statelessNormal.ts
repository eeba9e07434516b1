import * as tf from "@tensorflow/tfjs-core"
import { statelessWords, unitInterval } from "../philox.ts"
import { registerOwnKernel } from "./ownKernel.ts"

/** Kernel name, for engines that draw the same numbers faster. Inputs: key [2] int32, shape [rank] int32. */
export const statelessNormalKernel = "LosslabStatelessNormal"

/** In the place of a uniform 0, which has no logarithm; the next larger uniform is 2^-23, 1.19e-7. */
const smallest = Math.fround(1e-7)

registerOwnKernel(statelessNormalKernel, ({ key, shape }) => {
  const [first, second] = key.dataSync()
  const sizes = [...shape.dataSync()]
  const numbers = new Float32Array(tf.util.sizeFromShape(sizes))
  const words = statelessWords([first, second], numbers.length)
  // Two words make two numbers; the second of the last pair is dropped from an array of odd length.
  for (let i = 0; i < numbers.length; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(Math.max(unitInterval(words[i]), smallest)))
    // In float32, as TensorFlow has it: the rounding of the angle is what its numbers would differ by.
    const angle = Math.fround(2 * Math.PI * unitInterval(words[i + 1]))
    numbers[i] = radius * Math.sin(angle)
    numbers[i + 1] = radius * Math.cos(angle)
  }
  return [tf.tensor(numbers, sizes)]
})

/** Independent standard normal numbers that depend on the key alone: the same on every engine to the last bits of
 *  float32 (1e-6), in any process. Constant with respect to the gradient; on the TensorFlow engine the key is never
 *  read to the host. None is larger than 5.68, where the smallest uniform number ends.
 *  @param key [2] int32, as Key.seedPair gives it
 *  Source: TensorFlow's StatelessRandomNormal (version 1): Box-Muller of philox.ts's words.
 */
export const statelessNormal = (key: tf.Tensor1D, shape: readonly number[]): tf.Tensor =>
  tf.tidy(() => {
    const sizes = tf.tensor1d([...shape], "int32")
    return tf.engine().runKernel<tf.Tensor[]>(statelessNormalKernel, { key, shape: sizes })[0]
  })
