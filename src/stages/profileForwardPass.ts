import * as tf from "@tensorflow/tfjs-core"
import type { OperationTime } from "../engine/tensorflow/stepStats.ts"
import type { Params } from "../tensor/tree.ts"
import type { ForwardPass } from "./forwardPass.ts"

/** What every operation of a network's forward pass takes on the first batch of these slices; null where it is not
 *  compiled.
 *  @param images [N, rows, columns] intensities, N > 0 */
export const profileForwardPass = (
  network: { readonly forward: ForwardPass; readonly params: Params; readonly state: Params },
  images: Float32Array,
  { rows, columns }: { readonly rows: number; readonly columns: number },
  { batchSize }: { readonly batchSize: number },
): readonly OperationTime[] | null => {
  const pixels = rows * columns
  const size = Math.min(batchSize, images.length / pixels)
  const batch = tf.tensor4d(images.subarray(0, size * pixels), [size, rows, columns, 1])
  try {
    return network.forward.profile(network.params, network.state, batch)
  } finally {
    tf.dispose(batch)
  }
}
