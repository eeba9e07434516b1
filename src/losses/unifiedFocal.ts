import * as tf from "@tensorflow/tfjs-core"
import { focalCrossEntropy } from "./focalCrossEntropy.ts"
import { tverskyErrorFloor } from "./focalTversky.ts"
import type { Over } from "./groupAxes.ts"
import { guardedPower } from "./guardedPower.ts"
import type { Loss } from "./loss.ts"
import { maskLoss } from "./maskLoss.ts"
import { softCounts } from "./softCounts.ts"
import { tverskyError } from "./tversky.ts"

export interface UnifiedFocalOptions {
  /** symmetric: both classes are focused; asymmetric: background pixels are suppressed and the foreground's
   *  Tversky index is enhanced, the other two terms are plain. */
  readonly symmetry: "symmetric" | "asymmetric"
  /** Weight of the foreground's cross-entropy and of false negatives; 1 - delta that of the background's and of
   *  false positives; in [0, 1]. */
  readonly delta: number
  /** g in [0, 1): pixels focus by (1 - p_t)^g, Tversky errors by a power of 1 - g. */
  readonly gamma: number
  /** Share of the Tversky part; the pixels' part has 1 - weight; in [0, 1]. */
  readonly weight: number
  /** s, added to numerator and denominator of the Tversky indices, above 0. */
  readonly smooth: number
  readonly over: Over
}

/** Mean over B, H and W of delta y q^g (-log p) + (1 - delta) (1 - y) p^g (-log q); asymmetric without q^g. */
const pixels = (
  logits: tf.Tensor4D,
  mask: tf.Tensor4D,
  { symmetry, delta, gamma }: UnifiedFocalOptions,
): tf.Scalar =>
  focalCrossEntropy(
    logits,
    mask,
    { weight: delta, gamma: symmetry === "symmetric" ? gamma : 0 },
    { weight: 1 - delta, gamma },
  )

/** Mean over groups of half the foreground's (1 - TI)^(1 - g) plus half the background's, which is plain 1 - TI
 *  when asymmetric. For the background false positives and negatives change places.
 */
const regions = (
  logits: tf.Tensor4D,
  mask: tf.Tensor4D,
  { symmetry, delta, gamma, smooth, over }: UnifiedFocalOptions,
): tf.Scalar => {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = softCounts(logits, mask, over)
  const weights = { falsePositive: 1 - delta, falseNegative: delta, smooth }
  const ofForeground = tverskyError({ truePositives, falsePositives, falseNegatives }, weights)
  const ofBackground = tverskyError(
    { truePositives: trueNegatives(), falsePositives: falseNegatives, falseNegatives: falsePositives },
    weights,
  )
  const focused = (error: tf.Tensor4D) => guardedPower(error, 1 - gamma, tverskyErrorFloor)
  const background = symmetry === "symmetric" ? focused(ofBackground) : ofBackground
  return tf.div(tf.mean(tf.add(focused(ofForeground), background)), 2)
}

/** Unified focal loss: weight (focal Tversky loss) + (1 - weight) (focal cross-entropy), each of both classes.
 *  Focal cross-entropy: mean over pixels of delta y q^g (-log p) + (1 - delta) (1 - y) p^g (-log q), with
 *  p = sigmoid(z), q = 1 - p; asymmetric without q^g, so that no foreground pixel is suppressed.
 *  Focal Tversky: mean over images (or of the batch as one) of half the foreground's (1 - TI)^(1 - g) and half the
 *  background's, TI = (TP + s) / (TP + delta FN + (1 - delta) FP + s), where for the background TN stands for TP
 *  and FN and FP change places; asymmetric with the background's 1 - TI plain, so that the foreground's is enhanced.
 *  The loss takes logits [B, H, W, 1] unbounded and truth.mask in [0, 1]; it returns a scalar in [0, infinity),
 *  for a mask in {0, 1} 0 at best, where p = y. With g = 0 and delta = 0.5 the parts are half of bce and the mean
 *  of both classes' soft Dice with 2 s. Empty mask: the foreground's 1 - TI is near 1 unless next to nothing is
 *  predicted. Below 1 - TI = 1e-7 a power is its chord from 0, as in focalTversky.
 *  The loss throws ShapeError when shapes differ.
 *  Source: Yeung et al. 2022, their code (mlyg/unified-focal-loss), whose defaults are delta 0.6, gamma 0.5,
 *  weight 0.5 and s = 1e-7; its weight is that of the Tversky part. MONAI's is that of the other part, and MONAI
 *  averages over both classes where the code adds them up; the paper writes 1 - gamma where the code has gamma.
 *  Deviation: the code clips p to [1e-7, 1 - 1e-7] and has neither the chord nor the batch as one.
 *  @example unifiedFocal({ symmetry: "asymmetric", delta: 0.6, gamma: 0.5, weight: 0.5, smooth: 1e-5, over: "image" })
 */
export const unifiedFocal = (options: UnifiedFocalOptions): Loss =>
  maskLoss("unifiedFocal", (logits, mask) =>
    tf.add(
      tf.mul(regions(logits, mask, options), options.weight),
      tf.mul(pixels(logits, mask, options), 1 - options.weight),
    ),
  )
