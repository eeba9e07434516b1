import * as tf from "@tensorflow/tfjs-core"
import type { ScaleLoss } from "./scaleLoss.ts"

/** A loss times a number, which multiplies its gradient as well, and its range.
 *  @param weight at least 0: with a negative one training would climb the loss
 *  @example weighted(fixed(bce()), 0.5)
 */
export const weighted = (loss: ScaleLoss, weight: number): ScaleLoss => ({
  ...loss,
  apply: (params, logits, truth, at) => tf.tidy(() => tf.mul(loss.apply(params, logits, truth, at), weight)),
})
