import * as tf from "@tensorflow/tfjs-core"
import { registerOwnGradient, registerOwnKernel } from "../tensor/ops/ownKernel.ts"
import { type Over, pixelGroups } from "./pixelGroups.ts"

/** A confusion matrix of probabilities, [G] each, one number for each group of pixels; p = sigmoid(z), y the
 *  mask. None is below 0. False positives and negatives are right to a share of themselves, however few: 1 - p
 *  is taken from sigmoid(-z), so that a pixel that is sure and right counts exp(-|z|), not 0 or 6e-8.
 */
export interface SoftCounts {
  /** sum p y */
  readonly truePositives: tf.Tensor1D
  /** sum p (1 - y) */
  readonly falsePositives: tf.Tensor1D
  /** sum (1 - p) y */
  readonly falseNegatives: tf.Tensor1D
  /** sum (1 - p) (1 - y) */
  readonly trueNegatives: tf.Tensor1D
}

const kernel = "LosslabSoftCounts"

/** [sum p y, sum p (1 - y), sum q y, sum q] of each group, q = 1 - p, [4, G]; and p q, [G, N], for the gradient. */
registerOwnKernel(kernel, ({ logits, mask }) => {
  const p = tf.sigmoid(logits!)
  const q = tf.sigmoid(tf.neg(logits!))
  const hits = tf.mul(p, mask!)
  const counted = [hits, tf.sub(p, hits), tf.mul(q, mask!), q]
  return [tf.stack(counted.map((pixels) => tf.sum(pixels, 1))), tf.mul(p, q)]
})

/** The slopes are p q times y, 1 - y, -y and -1. By hand, because the gradients of tf.sum, tf.mul and tf.sigmoid
 *  write several times as many arrays of the batch's size.
 */
registerOwnGradient({
  kernelName: kernel,
  inputsToSave: ["mask"],
  outputsToSave: [false, true],
  gradFunc: (dy, [mask, slope]) => ({
    logits: () => {
      const [hit, falseAlarm, miss, negative] = tf.unstack(tf.expandDims((dy as tf.Tensor[])[0]!, 2))
      const background = tf.sub(falseAlarm!, negative!)
      const foreground = tf.sub(tf.sub(hit!, miss!), falseAlarm!)
      return tf.mul(tf.add(tf.mul(mask!, foreground), background), slope!)
    },
  }),
})

/** @param mask [B, H, W, 1] in [0, 1], soft allowed; a constant with respect to the gradient */
export const softCounts = (logits: tf.Tensor4D, mask: tf.Tensor4D, over: Over): SoftCounts => {
  const inputs = { logits: pixelGroups(logits, over), mask: pixelGroups(mask, over) }
  const [sums] = tf.engine().runKernel<tf.Tensor[]>(kernel, inputs)
  const [truePositives, falsePositives, falseNegatives, negatives] = tf.unstack(sums!) as [
    tf.Tensor1D,
    tf.Tensor1D,
    tf.Tensor1D,
    tf.Tensor1D,
  ]
  const trueNegatives: tf.Tensor1D = tf.relu(tf.sub(negatives, falseNegatives))
  return { truePositives, falsePositives, falseNegatives, trueNegatives }
}
