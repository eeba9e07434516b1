import * as tf from "@tensorflow/tfjs-core"
import { assertSameShape } from "../tensor/shape.ts"
import { type Loss, secondAnnotator, unionNeeds } from "./loss.ts"

/** A loss against both annotators at once: the mask is (1 - share) y + share n, n the second annotator's, so that a
 *  pixel on which they differ is foreground in part. For a cross-entropy that is the mean of the losses against
 *  each, weighted alike. The loss must take soft masks. The second mask and a distance map (the expert's) stay as
 *  they are.
 *  @param share of the second annotator, in [0, 1]: 0 leaves the expert's mask, 1 puts the second in its place
 *  Throws ShapeError when the masks' shapes differ, and an Error when the second is missing, which means that
 *  what the loss needs was not declared.
 *  @example softTargets(bce(), 0.5)
 */
export const softTargets = (loss: Loss, share: number): Loss => ({
  ...loss,
  needs: unionNeeds([loss.needs, secondAnnotator]),
  apply: (params, logits, truth, at) => {
    const { second } = truth
    if (second === undefined) throw new Error("softTargets: the second annotator's mask is missing")
    assertSameShape("softTargets: mask and second mask", truth.mask, second)
    return tf.tidy(() => {
      const mask: tf.Tensor4D = tf.add(tf.mul(truth.mask, 1 - share), tf.mul(second, share))
      return loss.apply(params, logits, { ...truth, mask }, at)
    })
  },
})
