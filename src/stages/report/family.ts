import { smallerIsBetter } from "../../metrics/smallerIsBetter.ts"
import { completePairs } from "../../statistics/completePairs.ts"
import { holm } from "../../statistics/holm.ts"
import { type PairedComparison, pairedComparison } from "../../statistics/pairedComparison.ts"
import type { Column } from "./column.ts"

/** The metrics that are tested; the others are only shown. */
export const testedMetrics = ["dice", "hd95"] as const
export type TestedMetric = (typeof testedMetrics)[number]

/** At this level a difference counts as shown. */
export const alpha = 0.05

/** Two columns, patient by patient; every difference is first - second. */
export interface Comparison {
  readonly first: string
  readonly second: string
  /** Patients without a value in one of the two. */
  readonly dropped: number
  /** null below two patients with values in both. */
  readonly result: (PairedComparison & { readonly holmP: number; readonly secondBetter: number }) | null
}

/** Comparisons that are corrected together. */
export interface Family {
  readonly comparisons: readonly Comparison[]
  /** The smallest corrected p that this many patients and comparisons allow: m 2 / 2^n, since Wilcoxon's exact
   *  two-sided p is at least 2 / 2^n. null without a comparison. */
  readonly smallestP: number | null
}

/** Tests every pair, and corrects by Holm's rule for all of them together. */
export const familyOf = (metric: TestedMetric, pairs: readonly (readonly [Column, Column])[]): Family => {
  const options = { smallerIsBetter: smallerIsBetter(metric) }
  const tested = pairs.map(([a, b]) => {
    const { first, second, dropped } = completePairs(a.values[metric], b.values[metric])
    return {
      first: a.name,
      second: b.name,
      dropped,
      result: pairedComparison(first, second, options),
      secondBetter: pairedComparison(second, first, options)?.firstBetter ?? 0,
    }
  })
  const corrected = holm(tested.flatMap(({ result }) => result?.wilcoxonP ?? []))
  let next = 0
  const comparisons = tested.map(
    ({ secondBetter, ...one }): Comparison => ({
      ...one,
      result: one.result === null ? null : { ...one.result, secondBetter, holmP: corrected[next++]! },
    }),
  )
  const patients = Math.max(0, ...tested.map(({ result }) => result?.n ?? 0))
  return {
    comparisons,
    smallestP: corrected.length === 0 ? null : Math.min(1, (corrected.length * 2) / 2 ** patients),
  }
}

/** Which of the two the corrected test shows to be better; null when it shows no difference. The mean and the
 *  signed ranks must agree on the direction. */
export const shownBetter = (metric: TestedMetric, { result }: Comparison): "first" | "second" | null => {
  if (result === null || !(result.holmP < alpha)) return null
  const sign = smallerIsBetter(metric) ? -1 : 1
  if (result.meanDifference * sign > 0 && result.rankBiserial * sign > 0) return "first"
  return result.meanDifference * sign < 0 && result.rankBiserial * sign < 0 ? "second" : null
}

/** The name of the better one. */
export const betterName = (metric: TestedMetric, comparison: Comparison): string | null => {
  const side = shownBetter(metric, comparison)
  return side === null ? null : comparison[side]
}
