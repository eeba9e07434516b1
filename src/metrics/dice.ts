import { confusion } from "./confusion.ts"
import type { Mask } from "./mask.ts"

/** Dice coefficient 2 |A and B| / (|A| + |B|), in [0, 1], 1 is best.
 *  @returns null when both masks are empty (medpy's code says 1 there, and NaN with NumPy 2.4 or later). */
export const dice = (prediction: Mask, reference: Mask): number | null => {
  const { truePositives, falsePositives, falseNegatives } = confusion(prediction, reference)
  const sizes = 2 * truePositives + falsePositives + falseNegatives
  return sizes === 0 ? null : (2 * truePositives) / sizes
}
