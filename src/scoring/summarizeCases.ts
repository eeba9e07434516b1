import { byMetric, type MetricName, type Outcome, type Summary } from "../metrics/scores.ts"
import { summarize } from "../statistics/summarize.ts"
import type { CaseScore, MaskScore } from "./scorePair.ts"

export interface CasesSummary {
  /** Over the cases where the metric is defined. */
  readonly summary: Readonly<Record<MetricName, Summary>>
  /** How many masks, slices where each was scored by itself, were of each outcome. */
  readonly outcomes: Readonly<Record<Outcome, number>>
}

export const countOf = (masks: readonly MaskScore[], outcome: Outcome): number =>
  masks.filter((mask) => mask.outcome === outcome).length

export const summarizeCases = (cases: readonly CaseScore[]): CasesSummary => {
  const masks = cases.flatMap((each) => each.slices ?? [each])
  return {
    summary: byMetric((metric) =>
      summarize(cases.map(({ values }) => values[metric]).filter((value) => value !== null)),
    ),
    outcomes: {
      scored: countOf(masks, "scored"),
      bothEmpty: countOf(masks, "bothEmpty"),
      missed: countOf(masks, "missed"),
      falseAlarm: countOf(masks, "falseAlarm"),
    },
  }
}
