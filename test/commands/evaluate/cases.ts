import { byMetric, type MetricValues, type Outcome } from "../../../src/metrics/scores.ts"
import type { CaseScore, MaskScore, ScoringOptions } from "../../../src/scoring/scorePair.ts"
import { allMetrics } from "../../scoring/options.ts"

/** A mask's score; what is not given is null. */
export const maskScore = (outcome: Outcome, values: Partial<MetricValues> = {}): MaskScore => ({
  outcome,
  values: { ...byMetric(() => null), ...values },
})

export const caseScore = (
  name: string,
  score: MaskScore,
  slices: readonly MaskScore[] | null = null,
): CaseScore => ({ case: name, ...score, slices, labels: { prediction: [1], reference: [1] } })

/** What `evaluate` does with these options, measuring Dice alone unless they say more. */
export const scoringOptions = (options: Partial<ScoringOptions> = {}): ScoringOptions => ({
  ...allMetrics,
  metrics: ["dice"],
  ...options,
})
