import * as tf from "@tensorflow/tfjs-core"
import { failure } from "../failure/failure.ts"
import type { Params } from "../tensor/tree.ts"
import { breathe } from "./breathe.ts"
import type { ForwardPass } from "./forwardPass.ts"

/** Foreground probabilities of slices, batch by batch, yielding to the event loop in between.
 *  @param images [N, rows, columns] intensities
 *  @returns [N, rows, columns] in [0, 1]; throws Failure("numerics") when the network's output is not finite
 */
export const probabilitiesOf = async (
  network: { readonly forward: ForwardPass; readonly params: Params; readonly state: Params },
  images: Float32Array,
  size: { readonly rows: number; readonly columns: number },
  options: {
    readonly batchSize: number
    readonly signal: AbortSignal
  },
): Promise<Float32Array> => {
  const pixels = size.rows * size.columns
  const count = images.length / pixels
  const probabilities = new Float32Array(images.length)
  for (let first = 0; first < count; first += options.batchSize) {
    const last = Math.min(first + options.batchSize, count)
    const shape = [last - first, size.rows, size.columns, 1] as const
    const x = tf.tensor4d(images.subarray(first * pixels, last * pixels), [...shape])
    const result = await network.forward.aside(network.params, network.state, x)
    const batch = result.dataSync<"float32">()
    tf.dispose([x, result])
    if (batch.some((p) => !Number.isFinite(p)))
      throw failure("numerics", {
        message: `the network's output is not finite for slices ${first}..${last - 1}`,
        fix: "lower the learning rate, or clip the gradient",
      })
    probabilities.set(batch, first * pixels)
    await breathe(options.signal)
  }
  return probabilities
}
