import { confusion } from "./confusion.ts"
import type { Mask } from "./mask.ts"

/** Share of the predicted pixels that are right (positive predictive value), in [0, 1], 1 is best.
 *  @returns null when the prediction is empty. */
export const precision = (prediction: Mask, reference: Mask): number | null => {
  const { truePositives, falsePositives } = confusion(prediction, reference)
  const predicted = truePositives + falsePositives
  return predicted === 0 ? null : truePositives / predicted
}
