import { areaLoss, differenceShare } from "./areaLoss.ts"
import type { Over } from "./groupAxes.ts"
import type { Loss } from "./loss.ts"
import { maskLoss } from "./maskLoss.ts"

export interface SoftDiceOptions {
  /** s, added to numerator and denominator, above 0. */
  readonly smooth: number
  readonly over: Over
  /** Whether the denominator sums p^2 + y^2 in place of p + y. */
  readonly squared: boolean
}

/** Soft Dice, mean over images (or of the batch as one) of 1 - (2 I + s) / (S + s), I = sum p y and
 *  S = sum p + sum y, or sum p^2 + sum y^2 when squared; computed from S - 2 I.
 *  The loss takes logits [B, H, W, 1] unbounded and truth.mask in [0, 1]; it returns a scalar in [0, 1], for a
 *  mask in {0, 1} 0 exactly where p = y.
 *  Empty mask: P / (P + s), P = sum p; all but 1 until P is of the size of s, and 0 when nothing is predicted.
 *  The slope by p is then up to 1 / s, that by z stays within 1/4. Soft mask: the loss is least at p = y when
 *  squared, otherwise at a p of 0 and 1, y cut at a threshold. The gradient vanishes where the network is sure and
 *  wrong.
 *  The loss throws ShapeError when shapes differ.
 *  Source: Milletari et al. 2016 (V-Net, squared); smoothing and defaults as in MONAI's DiceLoss.
 *  Deviation: one s for numerator and denominator; MONAI can set them apart.
 *  @example softDice({ smooth: 1e-5, over: "image", squared: false }).apply({}, logits, { mask }, at)
 */
export const softDice = ({ smooth, over, squared }: SoftDiceOptions): Loss =>
  maskLoss("softDice", (logits, mask) =>
    areaLoss(logits, mask, { over, squared }, differenceShare(2, smooth)),
  )
