import * as tf from "@tensorflow/tfjs-core"
import type { Loss } from "./loss.ts"
import type { WeightSchedule } from "./weightSchedule.ts"

/** A loss times a weight that follows the training.
 *  The value of the loss changes with the weight: values of different epochs do not compare.
 *  @param schedule of weights of at least 0
 *  @example scheduled(boundary(), linearWeight({ from: 0.01, to: 1, start: 0, end: 1 }))
 */
export const scheduled = (loss: Loss, schedule: WeightSchedule): Loss => ({
  ...loss,
  apply: (params, logits, truth, at) =>
    tf.tidy(() => tf.mul(loss.apply(params, logits, truth, at), schedule(at.progress))),
})
