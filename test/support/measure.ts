import type { Mask, SpacingMm } from "../../src/metrics/mask.ts"
import { type ScoreOptions, scoreMask } from "../../src/metrics/scoreMask.ts"
import type { MetricName } from "../../src/metrics/scores.ts"
import { defaultScoring } from "./scoring.ts"

/** One metric of two masks. */
export const measure = (
  metric: MetricName,
  first: Mask,
  second: Mask,
  spacingMm: SpacingMm = first.shape.map(() => 1),
  options: Partial<Pick<ScoreOptions, "hd95" | "toleranceMm">> = {},
): number | null =>
  scoreMask(first, second, spacingMm, { ...defaultScoring, ...options, metrics: [metric] }).values[metric]
