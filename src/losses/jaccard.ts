import { areaLoss, differenceShare } from "./areaLoss.ts"
import type { Over } from "./groupAxes.ts"
import type { Loss } from "./loss.ts"
import { maskLoss } from "./maskLoss.ts"

export interface JaccardOptions {
  /** s, added to numerator and denominator, above 0. */
  readonly smooth: number
  readonly over: Over
}

/** Soft Jaccard (intersection over union), mean over images (or of the batch as one) of
 *  1 - (I + s) / (S - I + s), I = sum p y and S = sum p + sum y; computed from S - 2 I.
 *  The loss takes logits [B, H, W, 1] unbounded and truth.mask in [0, 1]; it returns a scalar in [0, 1], for a
 *  mask in {0, 1} 0 exactly where p = y. For one image it is 2 L / (1 + L), L the soft Dice loss with 2 s: both
 *  order predictions alike, jaccard is the larger of the two. Empty masks, soft masks and where the gradient
 *  vanishes: as softDice, though p = y is not least for any soft mask.
 *  The loss throws ShapeError when shapes differ.
 *  Source: Rahman and Wang 2016.
 *  Deviation: MONAI's DiceLoss(jaccard=True) doubles both sums before it adds s, so its s is 2 s of here.
 *  @example jaccard({ smooth: 1e-5, over: "image" }).apply({}, logits, { mask }, at)
 */
export const jaccard = ({ smooth, over }: JaccardOptions): Loss =>
  maskLoss("jaccard", (logits, mask) =>
    areaLoss(logits, mask, { over, squared: false }, differenceShare(1, smooth)),
  )
