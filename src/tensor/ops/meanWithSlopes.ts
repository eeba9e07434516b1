import * as tf from "@tensorflow/tfjs-core"
import { registerOwnGradient, registerOwnKernel, runOwnKernel } from "./ownKernel.ts"

/** Values and slopes, computed together because they share most of their work. */
export interface WithSlopes {
  /** What is averaged, one number for each entry of the first input. */
  readonly values: tf.Tensor
  /** One for each input, of its shape: the derivative of the sum of the values with respect to it. */
  readonly slopes: readonly tf.Tensor[]
}

type Compute = (...inputs: tf.Tensor[]) => WithSlopes

/** Inputs "0", "1", ...; attributes compute and count, of the values. Outputs: the mean, then the slopes. */
const kernelName = "LosslabMeanWithSlopes"

const mostInputs = 4

registerOwnKernel<{ readonly compute: Compute }>(kernelName, (inputs, { compute }) => {
  const { values, slopes } = compute(...Object.values(inputs))
  return [tf.mean(values), ...slopes.map((slope) => tf.clone(slope))]
})

registerOwnGradient({
  kernelName,
  outputsToSave: [false, ...new Array<boolean>(mostInputs).fill(true)],
  gradFunc: (dys, slopes, attributes) => {
    const each = tf.div((dys as tf.Tensor[])[0]!, attributes.count as number)
    return Object.fromEntries(slopes.map((slope, i) => [i, () => tf.mul(each, slope)]))
  },
})

/** The mean of a function whose derivative is given beside it.
 *  Value and gradient share what both need, everything else is freed at once, and the mean's own gradient, which
 *  tfjs starts with ones made on the host (2 ms at [8, 224, 224, 1], as much as a cross-entropy), is one product.
 *  @param inputs  what the mean is differentiable in, at most four
 *  @param compute gets the inputs; whatever else it uses is constant. Nothing in it is differentiated
 *  @example meanWithSlopes([z], (z) => ({ values: tf.square(z), slopes: [tf.mul(z, 2)] }))
 */
export const meanWithSlopes = (
  inputs: readonly tf.Tensor[],
  compute: (...inputs: tf.Tensor[]) => WithSlopes,
): tf.Scalar => {
  const attributes = { compute, count: inputs[0]!.size }
  const [mean, ...forGradient] = runOwnKernel(kernelName, Object.fromEntries(inputs.entries()), attributes)
  // When a gradient is being recorded, the engine has kept clones of its own.
  tf.dispose(forGradient)
  return mean as tf.Scalar
}
