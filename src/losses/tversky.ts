import * as tf from "@tensorflow/tfjs-core"
import type { Over } from "./groupAxes.ts"
import type { Loss } from "./loss.ts"
import { maskLoss } from "./maskLoss.ts"
import { share } from "./share.ts"
import { type SoftCounts, softCounts } from "./softCounts.ts"

export interface TverskyOptions {
  /** a, what a false positive weighs in the denominator, where a true positive weighs 1; at least 0. */
  readonly falsePositive: number
  /** b, what a false negative weighs there; at least 0. */
  readonly falseNegative: number
  /** s, added to numerator and denominator, above 0. */
  readonly smooth: number
  readonly over: Over
}

/** 1 - TI of each group, [G, 1, 1, 1], TI = (TP + s) / (TP + a FP + b FN + s): computed without the difference, which
 *  near a perfect prediction would be rounding error alone.
 */
export const tverskyError = (
  { truePositives, falsePositives, falseNegatives }: Omit<SoftCounts, "trueNegatives">,
  { falsePositive, falseNegative, smooth }: Omit<TverskyOptions, "over">,
): tf.Tensor4D => {
  const errors: tf.Tensor4D = tf.add(
    tf.mul(falsePositives, falsePositive),
    tf.mul(falseNegatives, falseNegative),
  )
  return share(errors, tf.add(truePositives, smooth))
}

/** Tversky loss, mean over images (or of the batch as one) of 1 - (TP + s) / (TP + a FP + b FN + s),
 *  TP = sum p y, FP = sum p (1 - y), FN = sum (1 - p) y, p = sigmoid(z).
 *  The loss takes logits [B, H, W, 1] unbounded and truth.mask in [0, 1]; it returns a scalar in [0, 1], for a
 *  mask in {0, 1} 0 exactly where p = y (with a = 0 or b = 0: where no error that counts is left).
 *  b above a asks for recall, a above b for precision. a = b = 0.5 is softDice with twice the smoothing, and
 *  a = b = 1 is jaccard. Empty mask: a P / (a P + s), P = sum p; 0 when nothing is predicted.
 *  The loss throws ShapeError when shapes differ.
 *  Source: Salehi et al. 2017, alpha = a and beta = b; MONAI's TverskyLoss agrees.
 *  Deviation: other codes name the weights otherwise; alpha weighs FN in Abraham's (0.7, s = 1), delta FN and
 *  1 - delta FP in Yeung's.
 *  @example tversky({ falsePositive: 0.3, falseNegative: 0.7, smooth: 1e-5, over: "image" })
 */
export const tversky = (options: TverskyOptions): Loss =>
  maskLoss("tversky", (logits, mask) =>
    tf.mean(tverskyError(softCounts(logits, mask, options.over), options)),
  )
