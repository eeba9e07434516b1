import * as tf from "@tensorflow/tfjs-core"
import type { Loss } from "./loss.ts"

/** A loss times a number, which multiplies its gradient as well, and its range.
 *  @param weight at least 0: with a negative one training would climb the loss
 *  @example weighted(bce(), 0.5)
 */
export const weighted = (loss: Loss, weight: number): Loss => ({
  ...loss,
  apply: (params, logits, truth, at) => tf.tidy(() => tf.mul(loss.apply(params, logits, truth, at), weight)),
})
