import * as tf from "@tensorflow/tfjs-core"
import { registerOwnGradient, registerOwnKernel, runOwnKernel } from "../tensor/ops/ownKernel.ts"
import { groupAxes, type Over } from "./groupAxes.ts"

/** A confusion matrix of probabilities, [G, 1, 1, 1] each, one number for each group of pixels; p = sigmoid(z), y the
 *  mask. None is below 0. False positives and negatives are right to a share of themselves, however few: 1 - p
 *  is taken from sigmoid(-z), so that a pixel that is sure and right counts exp(-|z|), not 0 or 6e-8.
 */
export interface SoftCounts {
  /** sum p y */
  readonly truePositives: tf.Tensor4D
  /** sum p (1 - y) */
  readonly falsePositives: tf.Tensor4D
  /** sum (1 - p) y */
  readonly falseNegatives: tf.Tensor4D
  /** sum (1 - p) (1 - y); on demand, for the few that ask. */
  readonly trueNegatives: () => tf.Tensor4D
}

const kernel = "LosslabSoftCounts"

/** sum p y, sum p (1 - y), sum q y and sum q of each group, q = 1 - p; and p q of each pixel, for the gradient. */
registerOwnKernel<{ readonly over: Over }>(kernel, ({ logits, mask }, { over }) => {
  const axes = groupAxes(over)
  const p = tf.sigmoid(logits!)
  const q = tf.sigmoid(tf.neg(logits!))
  const hits = tf.mul(p, mask!)
  const counted = [hits, tf.sub(p, hits), tf.mul(q, mask!), q]
  return [...counted.map((pixels) => tf.sum(pixels, axes, true)), tf.mul(p, q)]
})

/** The slopes are p q times y, 1 - y, -y and -1. By hand, because the gradients of tf.sum, tf.mul and tf.sigmoid
 *  write several times as many arrays of the batch's size.
 */
registerOwnGradient({
  kernelName: kernel,
  inputsToSave: ["mask"],
  outputsToSave: [false, false, false, false, true],
  gradFunc: (dys, [mask, slope]) => ({
    logits: () => {
      const [hit, falseAlarm, miss, negative] = dys as tf.Tensor[]
      const background = tf.sub(falseAlarm!, negative!)
      const foreground = tf.sub(tf.sub(hit!, miss!), falseAlarm!)
      return tf.mul(tf.add(tf.mul(mask!, foreground), background), slope!)
    },
  }),
})

/** @param mask [B, H, W, 1] in [0, 1], soft allowed; a constant with respect to the gradient */
export const softCounts = (logits: tf.Tensor4D, mask: tf.Tensor4D, over: Over): SoftCounts => {
  const outputs = runOwnKernel(kernel, { logits, mask }, { over })
  const [truePositives, falsePositives, falseNegatives, negatives] = outputs as [
    tf.Tensor4D,
    tf.Tensor4D,
    tf.Tensor4D,
    tf.Tensor4D,
  ]
  const trueNegatives = (): tf.Tensor4D => tf.relu(tf.sub(negatives, falseNegatives))
  return { truePositives, falsePositives, falseNegatives, trueNegatives }
}
