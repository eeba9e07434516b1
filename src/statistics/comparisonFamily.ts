import { completePairs } from "./completePairs.ts"
import { holm } from "./holm.ts"
import type { NamedColumn } from "./namedColumn.ts"
import { type PairedComparison, pairedComparison } from "./pairedComparison.ts"

/** At this level a difference counts as shown. */
export const alpha = 0.05

/** Two columns to be compared case by case. */
export interface Pair {
  readonly first: NamedColumn
  readonly second: NamedColumn
  /** True for distances. */
  readonly smallerIsBetter: boolean
}

/** Two compared columns; every difference is first - second. */
export interface Comparison {
  readonly first: string
  readonly second: string
  readonly smallerIsBetter: boolean
  /** Cases without a value in one of the two. */
  readonly dropped: number
  /** null below two cases with values in both. */
  readonly result: (PairedComparison & { readonly holmP: number }) | null
}

/** Comparisons that are corrected together. */
export interface Family {
  /** In the order of the pairs. */
  readonly comparisons: readonly Comparison[]
  /** The smallest corrected p that this many cases and comparisons allow: m 2 / 2^n, since Wilcoxon's exact
   *  two-sided p is at least 2 / 2^n. null without a comparison. */
  readonly smallestP: number | null
}

/** Every pair of columns; or, with a baseline that is one of them, each other column (first) with it (second). */
export const pairsOf = (
  columns: readonly NamedColumn[],
  baseline: string | null,
  smallerIsBetter: boolean,
): Pair[] => {
  const reference = columns.find(({ name }) => name === baseline)
  return reference === undefined
    ? columns.flatMap((first, i) =>
        columns.slice(i + 1).map((second) => ({ first, second, smallerIsBetter })),
      )
    : columns.flatMap((first) => (first === reference ? [] : [{ first, second: reference, smallerIsBetter }]))
}

/** Tests every pair over the cases that both have, and corrects by Holm's rule for all pairs together.
 *  Throws RangeError when the columns of a pair differ in length. */
export const comparisonFamily = (pairs: readonly Pair[]): Family => {
  const tested = pairs.map(({ first, second, smallerIsBetter }) => {
    const { dropped, ...complete } = completePairs(first.values, second.values)
    const result = pairedComparison(complete.first, complete.second, { smallerIsBetter })
    return { first: first.name, second: second.name, smallerIsBetter, dropped, result }
  })
  const corrected = holm(tested.flatMap(({ result }) => result?.wilcoxonP ?? []))
  let next = 0
  const comparisons = tested.map(
    (one): Comparison => ({
      ...one,
      result: one.result === null ? null : { ...one.result, holmP: corrected[next++]! },
    }),
  )
  const cases = Math.max(0, ...tested.map(({ result }) => result?.n ?? 0))
  return {
    comparisons,
    smallestP: corrected.length === 0 ? null : Math.min(1, (corrected.length * 2) / 2 ** cases),
  }
}

/** Which of the two the corrected test shows to be better; null when it shows no difference. The mean and the
 *  signed ranks must agree on the direction. */
export const shownBetter = ({ smallerIsBetter, result }: Comparison): "first" | "second" | null => {
  if (result === null || !(result.holmP < alpha)) return null
  const sign = smallerIsBetter ? -1 : 1
  if (result.meanDifference * sign > 0 && result.rankBiserial * sign > 0) return "first"
  return result.meanDifference * sign < 0 && result.rankBiserial * sign < 0 ? "second" : null
}

/** The name of the better one. */
export const betterName = (comparison: Comparison): string | null => {
  const side = shownBetter(comparison)
  return side === null ? null : comparison[side]
}
