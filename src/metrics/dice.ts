import type { Confusion } from "./confusion.ts"

/** Dice coefficient 2 |A and B| / (|A| + |B|), in [0, 1], 1 is best.
 *  @returns null when both masks are empty (medpy's code says 1 there, and NaN with NumPy 2.4 or later). */
export const dice = ({ truePositives, falsePositives, falseNegatives }: Confusion): number | null => {
  const sizes = 2 * truePositives + falsePositives + falseNegatives
  return sizes === 0 ? null : (2 * truePositives) / sizes
}
