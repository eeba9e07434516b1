import * as tf from "@tensorflow/tfjs-core"
import { guardedPower } from "./guardedPower.ts"
import type { Loss } from "./loss.ts"
import { maskLoss } from "./maskLoss.ts"
import { softCounts } from "./softCounts.ts"
import { type TverskyOptions, tverskyError } from "./tversky.ts"

export interface FocalTverskyOptions extends TverskyOptions {
  /** e, above 0: below 1 images that are nearly right count for more, above 1 for less. */
  readonly exponent: number
}

/** Below this 1 - TI its power is a chord, whose slope is finite. */
export const tverskyErrorFloor = 1e-7

/** Focal Tversky loss, mean over images (or of the batch as one) of (1 - TI)^e, with TI as in tversky.
 *  The loss takes logits [B, H, W, 1] unbounded and truth.mask in [0, 1]; it returns a scalar in [0, 1], for a
 *  mask in {0, 1} 0 exactly where p = y. e = 1 is tversky. It falls as e rises. Empty mask: as tversky.
 *  An exponent below 1 has infinite slope at TI = 1, so below 1 - TI = 1e-7 the power is replaced by its chord
 *  from 0 (guardedPower); codes that do without have NaN gradients for a perfect prediction.
 *  The loss throws ShapeError when shapes differ.
 *  Source: Abraham and Khan 2019, whose code has a = 0.3, b = 0.7, s = 1, e = 0.75 and the batch as one.
 *  Deviation: e is what is raised to. The same gamma = 0.75 is the exponent in their code and the exponent's inverse
 *  in their README, (1 - TI)^(1 / gamma): 3/4 and 4/3 lie on opposite sides of 1.
 *  @example focalTversky({ ...tverskyOptions, exponent: 0.75 }).apply({}, logits, { mask }, at)
 */
export const focalTversky = (options: FocalTverskyOptions): Loss =>
  maskLoss("focalTversky", (logits, mask) => {
    const error = tverskyError(softCounts(logits, mask, options.over), options)
    return tf.mean(guardedPower(error, options.exponent, tverskyErrorFloor))
  })
