import * as tf from "@tensorflow/tfjs-core"

/** Over which pixels a ratio of areas is formed: image by image, the loss being the mean over images, or all
 *  pixels of the batch at once, so that images with little foreground count for little.
 */
export type Over = "image" | "batch"

/** The pixels that are counted together, a row for each group. @returns [G, N], G = B over images, else 1 */
export const pixelGroups = (x: tf.Tensor4D, over: Over): tf.Tensor2D =>
  tf.reshape(x, [over === "image" ? x.shape[0] : 1, -1])
