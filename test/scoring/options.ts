import { metricNames } from "../../src/metrics/scores.ts"
import type { ScoringOptions } from "../../src/scoring/scorePair.ts"

/** What `evaluate` does when nothing else is said. */
export const allMetrics: ScoringOptions = {
  metrics: metricNames,
  per: "volume",
  hd95: "pooled",
  toleranceMm: 2,
  empty: "skip",
  labels: null,
}
