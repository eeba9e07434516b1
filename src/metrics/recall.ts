import { confusion } from "./confusion.ts"
import type { Mask } from "./mask.ts"

/** Share of the reference's pixels that were found (sensitivity), in [0, 1], 1 is best.
 *  @returns null when the reference is empty. */
export const recall = (prediction: Mask, reference: Mask): number | null => {
  const { truePositives, falseNegatives } = confusion(prediction, reference)
  const annotated = truePositives + falseNegatives
  return annotated === 0 ? null : truePositives / annotated
}
