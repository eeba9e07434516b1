import { assd } from "./assd.ts"
import { borderDistances } from "./borderDistances.ts"
import { confusion } from "./confusion.ts"
import { contourDistances } from "./contourDistances.ts"
import { dice } from "./dice.ts"
import { hd } from "./hd.ts"
import { hd95Contour, hd95MaxDirected, hd95Pooled } from "./hd95.ts"
import { iou } from "./iou.ts"
import { jointCrop } from "./jointCrop.ts"
import { assertSameSize, assertSpacing, type Mask, type SpacingMm } from "./mask.ts"
import { metricTable } from "./metricTable.ts"
import { nsd } from "./nsd.ts"
import { precision } from "./precision.ts"
import { recall } from "./recall.ts"
import type { EmptyPolicy, Hd95Convention, MetricName, MetricValues, Outcome } from "./scores.ts"
import { byMetric } from "./scores.ts"

/** What to measure, how, and what to make of masks that are empty. */
export interface ScoreOptions {
  /** The others are null in every score. */
  readonly metrics: readonly MetricName[]
  readonly empty: EmptyPolicy
  readonly hd95: Hd95Convention
  /** Of nsd; 0 or more. */
  readonly toleranceMm: number
}

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
  const isDistance = metricTable[metric].kind === "distance"
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

/** Computes at the first call, if there is one. */
const once = <A>(compute: () => A): (() => A) => {
  let known: { readonly value: A } | null = null
  return () => {
    known ??= { value: compute() }
    return known.value
  }
}

/** Measures of two masks that both have foreground; what several of them need is computed once. */
const measuresOf = (
  prediction: Mask,
  reference: Mask,
  spacingMm: SpacingMm,
  { hd95, toleranceMm }: ScoreOptions,
): Readonly<Record<MetricName, () => number | null>> => {
  const counts = once(() => confusion(prediction, reference))
  const crop = once(() => jointCrop(prediction, reference, spacingMm)!) // neither is empty
  const borders = once(() => borderDistances(crop()))
  const contours = once(() => contourDistances(crop()))
  const hd95By: Readonly<Record<Hd95Convention, () => number>> = {
    pooled: () => hd95Pooled(borders()),
    "max-directed": () => hd95MaxDirected(borders()),
    contour: () => hd95Contour(contours()),
  }
  return {
    dice: () => dice(counts()),
    iou: () => iou(counts()),
    precision: () => precision(counts()),
    recall: () => recall(counts()),
    hd: () => hd(borders()),
    hd95: hd95By[hd95],
    assd: () => assd(borders()),
    nsd: () => nsd(contours(), toleranceMm),
  }
}

/** Scores one mask, of a slice or of a volume, by the empty policy (scores.ts, docs/explanation/empty-masks.md).
 *  The image's diagonal is that of its box: the root of the sum over the axes of (size x spacing)².
 *  Throws ShapeError when shapes differ or the spacing has another number of axes.
 *  @returns values finite or null; `counted`: whether the mask counts for the overlap metrics */
export const scoreMask = (
  prediction: Mask,
  reference: Mask,
  spacingMm: SpacingMm,
  options: ScoreOptions,
): { readonly outcome: Outcome; readonly counted: boolean; readonly values: MetricValues } => {
  assertSameSize("scoreMask", prediction, reference)
  assertSpacing("scoreMask", reference, spacingMm)
  const outcome = outcomeOf(prediction, reference)
  const diagonalMm = Math.hypot(...reference.shape.map((size, axis) => size * spacingMm[axis]))
  const measures = measuresOf(prediction, reference, spacingMm, options)
  const value = (metric: MetricName): number | null => {
    if (!options.metrics.includes(metric)) return null
    return outcome === "scored" ? measures[metric]() : substitute(options.empty, outcome, metric, diagonalMm)
  }
  return {
    outcome,
    counted: outcome === "scored" || substitute(options.empty, outcome, "dice", diagonalMm) !== null,
    values: byMetric(value),
  }
}
