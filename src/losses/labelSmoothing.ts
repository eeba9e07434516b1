import * as tf from "@tensorflow/tfjs-core"
import type { Loss } from "./loss.ts"

/** A loss whose mask is smoothed: y (1 - e) + e / 2 in y's place, so that no prediction is worth being sure of.
 *  Best at p = 1 - e / 2 and e / 2 where the loss is a cross-entropy. The loss must take soft masks. A second mask and a
 *  distance map stay as they are.
 *  @param smoothing e in [0, 1): 0 changes nothing
 *  Source: Szegedy et al. 2016, with two classes and a uniform distribution over them.
 *  @example labelSmoothing(bce(), 0.1)
 */
export const labelSmoothing = (loss: Loss, smoothing: number): Loss => ({
  ...loss,
  apply: (params, logits, truth, at) =>
    tf.tidy(() => {
      const mask: tf.Tensor4D = tf.add(tf.mul(truth.mask, 1 - smoothing), smoothing / 2)
      return loss.apply(params, logits, { ...truth, mask }, at)
    }),
})
