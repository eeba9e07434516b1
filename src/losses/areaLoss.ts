import * as tf from "@tensorflow/tfjs-core"
import { registerOwnGradient, registerOwnKernel, runOwnKernel } from "../tensor/ops/ownKernel.ts"
import { sigmoidGradient } from "../tensor/ops/sigmoidGradient.ts"
import { groupAxes, type Over } from "./groupAxes.ts"

/** What Dice and Jaccard are ratios of: soft areas of p = sigmoid(z) and the mask y, [G, 1, 1, 1], one for each
 *  group of pixels. */
export interface Areas {
  /** I = sum p y. */
  readonly intersection: tf.Tensor
  /** S = sum p + sum y, or sum p^2 + sum y^2. */
  readonly total: tf.Tensor
  /** S - 2 I, what the prediction has too much and too little; rounding does not take it below 0. */
  readonly difference: tf.Tensor
}

/** The loss of each group with its derivatives by I and S, all [G, 1, 1, 1]. */
export interface OfAreas {
  readonly values: tf.Tensor
  readonly byIntersection: tf.Tensor
  readonly byTotal: tf.Tensor
}

export interface AreaOptions {
  readonly over: Over
  /** Whether S sums squares. */
  readonly squared: boolean
}

interface Attributes extends AreaOptions {
  readonly compute: (areas: Areas) => OfAreas
}

/** Inputs: logits, mask. Outputs: the mean; p and the two derivatives over the count of groups, for the gradient. */
const kernelName = "LosslabAreaLoss"

registerOwnKernel<Attributes>(kernelName, (inputs, { over, squared, compute }) => {
  const { logits, mask } = inputs
  const axes = groupAxes(over)
  const sum = (x: tf.Tensor): tf.Tensor => tf.sum(x, axes, true)
  const p = tf.sigmoid(logits!)
  const intersection = sum(tf.mul(p, mask!))
  const twice = tf.mul(intersection, 2)
  // Of squares it is a sum of its own, which keeps its digits near a perfect prediction.
  const difference = squared
    ? sum(tf.squaredDifference(p, mask!))
    : tf.relu(tf.sub(tf.add(sum(p), sum(mask!)), twice))
  const total = tf.add(difference, twice)
  const { values, byIntersection, byTotal } = compute({ intersection, total, difference })
  const share = 1 / values.size
  return [tf.mean(values), p, tf.mul(byIntersection, share), tf.mul(byTotal, squared ? 2 * share : share)]
})

registerOwnGradient({
  kernelName,
  inputsToSave: ["mask"],
  outputsToSave: [false, true, true, true],
  gradFunc: (dys, [mask, p, byIntersection, byTotal], attributes) => ({
    logits: () => {
      const dy = (dys as tf.Tensor[])[0]!
      const perTotal = tf.mul(byTotal!, dy)
      const ofTotal = attributes.squared ? tf.mul(p!, perTotal) : perTotal
      return sigmoidGradient(tf.add(tf.mul(mask!, tf.mul(byIntersection!, dy)), ofTotal), p!)
    },
  }),
})

/** The mean over groups of a function of areas whose derivatives are given beside it.
 *  With dI/dp = y and dS/dp = 1, or 2 p when squared, the gradient is three operations on arrays of the batch's size;
 *  those of tf.sum and tf.mul are three times as many, and as many again on arrays of G numbers, which take nearly as
 *  long.
 *  @param mask    [B, H, W, 1] in [0, 1], soft allowed; a constant with respect to the gradient
 *  @param compute nothing in it is differentiated
 */
export const areaLoss = (
  logits: tf.Tensor4D,
  mask: tf.Tensor4D,
  options: AreaOptions,
  compute: (areas: Areas) => OfAreas,
): tf.Scalar => {
  const attributes: Attributes = { ...options, compute }
  const [loss, ...forGradient] = runOwnKernel(kernelName, { logits, mask }, attributes)
  // When a gradient is being recorded, the engine has kept clones of its own.
  tf.dispose(forGradient)
  return loss as tf.Scalar
}

/** (S - 2 I) / (S - 2 I + k I + s), in [0, 1]: soft Dice for k = 2, soft Jaccard for k = 1. */
export const differenceShare =
  (k: number, smooth: number) =>
  ({ intersection, difference }: Areas): OfAreas => {
    const agreement = tf.add(tf.mul(intersection, k), smooth)
    const whole = tf.add(difference, agreement)
    const values = tf.div(difference, whole)
    // d/dS = (agreement / whole) / whole; d/dI = -2 d/dS - k (difference / whole) / whole
    const byTotal = tf.div(tf.div(agreement, whole), whole)
    const byAgreement = tf.mul(tf.div(values, whole), k)
    return { values, byIntersection: tf.sub(tf.mul(byTotal, -2), byAgreement), byTotal }
  }
