import type { MetricName } from "../../metrics/scores.ts"
import { smallerIsBetter } from "../../metrics/smallerIsBetter.ts"
import { type Comparison, comparisonFamily, pairsOf } from "../../statistics/comparisonFamily.ts"
import { type Contest, contestOf } from "../../statistics/contest.ts"
import { friedmanP } from "../../statistics/friedmanP.ts"
import { summarize } from "../../statistics/summarize.ts"
import type { ScoreTable } from "./scoreTable.ts"

/** The methods of a table, compared. */
export interface Compared {
  readonly cases: number
  readonly metrics: readonly ComparedByMetric[]
  /** Comparisons of all metrics that could be made: what Holm's rule corrects for. */
  readonly tested: number
  /** The most cases that any of them has. */
  readonly mostCases: number
  /** The smallest corrected p that the table could give; null without a comparison. */
  readonly smallestP: number | null
}

export interface ComparedByMetric {
  readonly metric: MetricName | null
  readonly smallerIsBetter: boolean
  /** The largest size of a score; 0 without scores. */
  readonly largest: number
  /** Of each method over its own cases. */
  readonly summaries: readonly (ReturnType<typeof summarize> & { readonly method: string })[]
  readonly comparisons: readonly Comparison[]
  /** null below three methods, and without a case that has a score of every method. */
  readonly friedmanP: number | null
  readonly contest: Contest
}

/** Compares every pair of methods, or each with the baseline, metric by metric; p values are corrected for all
 *  comparisons of all metrics together. */
export const comparedMethods = ({ cases, metrics }: ScoreTable, baseline: string | null): Compared => {
  const pairs = metrics.map(({ metric, columns }) =>
    pairsOf(columns, baseline, metric !== null && smallerIsBetter(metric)),
  )
  const family = comparisonFamily(pairs.flat())
  const results = family.comparisons.flatMap(({ result }) => result ?? [])
  const firstOf = pairs.map((_, i) => pairs.slice(0, i).flat().length)
  return {
    cases,
    tested: results.length,
    mostCases: Math.max(0, ...results.map(({ n }) => n)),
    smallestP: family.smallestP,
    metrics: metrics.map(({ metric, columns }, i) => {
      const smaller = metric !== null && smallerIsBetter(metric)
      const comparisons = family.comparisons.slice(firstOf[i]!, firstOf[i]! + pairs[i]!.length)
      const scores = columns.map(({ name, values }) => ({
        method: name,
        values: values.filter((value) => value !== null),
      }))
      return {
        metric,
        smallerIsBetter: smaller,
        largest: scores
          .flatMap(({ values }) => values)
          .reduce((most, value) => Math.max(most, Math.abs(value)), 0),
        summaries: scores.map(({ method, values }) => ({ method, ...summarize(values) })),
        comparisons,
        friedmanP: friedmanP(columns),
        contest: contestOf(columns, comparisons, smaller),
      }
    }),
  }
}
