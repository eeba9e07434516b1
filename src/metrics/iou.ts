import type { Confusion } from "./confusion.ts"

/** Intersection over union (Jaccard index) |A and B| / |A or B|, in [0, 1], 1 is best.
 *  @returns null when both masks are empty. */
export const iou = ({ truePositives, falsePositives, falseNegatives }: Confusion): number | null => {
  const union = truePositives + falsePositives + falseNegatives
  return union === 0 ? null : truePositives / union
}
