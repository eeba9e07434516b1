import { confusion } from "./confusion.ts"
import type { Mask } from "./mask.ts"

/** Intersection over union (Jaccard index) |A and B| / |A or B|, in [0, 1], 1 is best.
 *  @returns null when both masks are empty. */
export const iou = (prediction: Mask, reference: Mask): number | null => {
  const { truePositives, falsePositives, falseNegatives } = confusion(prediction, reference)
  const union = truePositives + falsePositives + falseNegatives
  return union === 0 ? null : truePositives / union
}
