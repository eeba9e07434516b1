import { midRanks } from "./midRanks.ts"
import { upperIncompleteGamma } from "./upperIncompleteGamma.ts"

/** To twelve digits, so that means that differ in the order of a sum are one and tie. */
const asOnPaper = (value: number): number => Number(value.toPrecision(12))

/** Friedman's test of several methods doing equally well on the same cases, with ties corrected for.
 *  p is that of the chi-square approximation: rough below about ten cases.
 *  @param rows one per case; one value per method in each
 *  @returns null without cases or with fewer than two methods; p = 1 when every case ties every method
 *  Source: Conover 1999, Practical Nonparametric Statistics, 5.8. */
export const friedman = (
  rows: readonly (readonly number[])[],
): { readonly chiSquare: number; readonly degreesOfFreedom: number; readonly p: number } | null => {
  const methods = rows[0]?.length ?? 0
  if (methods < 2) return null
  const ranks = rows.map((row) => midRanks(row.map(asOnPaper)))
  const middle = (methods + 1) / 2
  const rankSums = Array.from({ length: methods }, (_, method) =>
    ranks.reduce((sum, row) => sum + row[method]! - middle, 0),
  )
  const between = rankSums.reduce((sum, rankSum) => sum + rankSum ** 2, 0)
  const within = ranks.flat().reduce((sum, rank) => sum + (rank - middle) ** 2, 0)
  const degreesOfFreedom = methods - 1
  const chiSquare = within === 0 ? 0 : (degreesOfFreedom * between) / within
  return { chiSquare, degreesOfFreedom, p: upperIncompleteGamma(degreesOfFreedom / 2, chiSquare / 2) }
}
