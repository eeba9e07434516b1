import { mean } from "./mean.ts"
import { median } from "./median.ts"
import { pairedDifferences } from "./pairedDifferences.ts"
import { pairedT } from "./pairedT.ts"
import { rankBiserial } from "./rankBiserial.ts"
import { wilcoxonSignedRank } from "./wilcoxonSignedRank.ts"

/** Two methods on the same cases; every difference is first - second. */
export interface PairedComparison {
  /** Pairs. */
  readonly n: number
  readonly meanDifference: number
  readonly medianDifference: number
  /** 95 % t interval of the mean difference. */
  readonly confidenceInterval: readonly [low: number, high: number]
  /** Cases in which first is strictly better, in which second is, and in which they are equal. */
  readonly firstBetter: number
  readonly secondBetter: number
  readonly ties: number
  /** Two-sided; exact up to `exactUpTo` differences other than zero, above by the normal approximation. */
  readonly wilcoxonP: number
  /** Two-sided. */
  readonly pairedTP: number
  /** In [-1, 1]; positive when first is larger (not: better). */
  readonly rankBiserial: number
}

/** Compares two methods case by case. P values are not corrected for how many comparisons are made (holm.ts).
 *  @param first, second values of the same cases in the same order (completePairs drops the missing ones)
 *  @param options.smallerIsBetter true for distances
 *  @returns null below two pairs
 *  Throws RangeError when the columns differ in length. */
export const pairedComparison = (
  first: readonly number[],
  second: readonly number[],
  options: { readonly smallerIsBetter?: boolean } = {},
): PairedComparison | null => {
  const differences = pairedDifferences(first, second)
  const meanDifference = mean(differences)
  const medianDifference = median(differences)
  const t = pairedT(differences)
  if (meanDifference === null || medianDifference === null || t === null) return null
  const firstLarger = differences.filter((difference) => difference > 0).length
  const secondLarger = differences.filter((difference) => difference < 0).length
  const [firstBetter, secondBetter] =
    options.smallerIsBetter === true ? [secondLarger, firstLarger] : [firstLarger, secondLarger]
  return {
    n: differences.length,
    meanDifference,
    medianDifference,
    confidenceInterval: t.confidenceInterval,
    firstBetter,
    secondBetter,
    ties: differences.length - firstBetter - secondBetter,
    wilcoxonP: wilcoxonSignedRank(differences),
    pairedTP: t.p,
    rankBiserial: rankBiserial(differences),
  }
}
