import type { Confusion } from "./confusion.ts"

/** Share of the reference's pixels that were found (sensitivity), in [0, 1], 1 is best.
 *  @returns null when the reference is empty. */
export const recall = ({ truePositives, falseNegatives }: Confusion): number | null => {
  const annotated = truePositives + falseNegatives
  return annotated === 0 ? null : truePositives / annotated
}
