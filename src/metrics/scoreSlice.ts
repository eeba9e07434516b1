import { dice } from "./dice.ts"
import { hd95Pooled } from "./hd95.ts"
import { iou } from "./iou.ts"
import type { Mask, SpacingMm } from "./mask.ts"
import { precision } from "./precision.ts"
import { recall } from "./recall.ts"
import type { EmptyPolicy, MetricName, MetricValues, Outcome } from "./scores.ts"
import { byMetric } from "./scores.ts"

/** What to measure, and what to make of slices where a mask is empty. */
export interface ScoreOptions {
  /** The others are null in every score. */
  readonly metrics: readonly MetricName[]
  readonly empty: EmptyPolicy
}

const measures: Readonly<
  Record<MetricName, (prediction: Mask, reference: Mask, spacingMm: SpacingMm) => number | null>
> = { dice, iou, precision, recall, hd95: hd95Pooled }

const outcomeOf = (prediction: Mask, reference: Mask): Outcome => {
  const predicted = prediction.data.includes(1)
  const annotated = reference.data.includes(1)
  if (predicted && annotated) return "scored"
  if (predicted) return "falseAlarm"
  return annotated ? "missed" : "bothEmpty"
}

/** What the policy puts in the place of a measure where a mask is empty. */
const substitute = (
  policy: EmptyPolicy,
  outcome: Exclude<Outcome, "scored">,
  metric: MetricName,
  diagonalMm: number,
): number | null => {
  const isDistance = metric === "hd95"
  switch (policy) {
    case "skip":
      return null
    case "worst":
      if (outcome === "bothEmpty") return isDistance ? 0 : 1
      return isDistance ? diagonalMm : 0
    case "undefined":
      return outcome === "bothEmpty" || isDistance ? null : 0
  }
}

/** Scores one slice by the empty policy (scores.ts, docs/explanation/empty-masks.md).
 *  The image's diagonal is that of its rectangle: hypot(rows x row spacing, columns x column spacing).
 *  Throws ShapeError when sizes differ.
 *  @returns values finite or null; `counted`: whether the slice counts for the overlap metrics */
export const scoreSlice = (
  prediction: Mask,
  reference: Mask,
  spacingMm: SpacingMm,
  { metrics, empty }: ScoreOptions,
): { readonly outcome: Outcome; readonly counted: boolean; readonly values: MetricValues } => {
  const outcome = outcomeOf(prediction, reference)
  const diagonalMm = Math.hypot(reference.rows * spacingMm[0], reference.columns * spacingMm[1])
  const value = (metric: MetricName): number | null => {
    if (!metrics.includes(metric)) return null
    return outcome === "scored"
      ? measures[metric](prediction, reference, spacingMm)
      : substitute(empty, outcome, metric, diagonalMm)
  }
  return {
    outcome,
    counted: outcome === "scored" || substitute(empty, outcome, "dice", diagonalMm) !== null,
    values: byMetric(value),
  }
}
