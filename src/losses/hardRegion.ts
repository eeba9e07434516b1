import * as tf from "@tensorflow/tfjs-core"
import { dilate } from "../tensor/dilate.ts"

/** 1 where two masks differ: |y - n|. */
export const disagreement = (mask: tf.Tensor4D, second: tf.Tensor4D): tf.Tensor4D =>
  tf.abs(tf.sub(mask, second))

/** The pixels that count as hard: where the annotators disagree, grown by dilate(kernel); a constant.
 *  @returns [B, H, W, 1] in {0, 1}; everything else is easy
 */
export const hardRegion = (mask: tf.Tensor4D, second: tf.Tensor4D, kernel: number): tf.Tensor4D =>
  dilate(disagreement(mask, second), kernel)
