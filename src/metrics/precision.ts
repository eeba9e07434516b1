import type { Confusion } from "./confusion.ts"

/** Share of the predicted pixels that are right (positive predictive value), in [0, 1], 1 is best.
 *  @returns null when the prediction is empty. */
export const precision = ({ truePositives, falsePositives }: Confusion): number | null => {
  const predicted = truePositives + falsePositives
  return predicted === 0 ? null : truePositives / predicted
}
