import { quantile } from "../statistics/quantile.ts"
import type { BorderDistances } from "./borderDistances.ts"
import type { ContourDistances, OneWay } from "./contourDistances.ts"

// The 95 % Hausdorff distance in mm, 0 is best: the distance that all but the worst 5 % of the outlines keep to.
// What that means differs from tool to tool by tens of pixels on some masks (docs/explanation/hd95.md). All are
// symmetric.

/** The 95th percentile (linear interpolation) of the distances between the borders, both ways pooled before the
 *  percentile is taken. Source: medpy's hd95, the paper's. */
export const hd95Pooled = ({ there, back }: BorderDistances): number => {
  const pooled = new Float64Array(there.length + back.length)
  pooled.set(there)
  pooled.set(back, there.length)
  return quantile(pooled, 0.95)! // of at least two distances
}

/** The larger of the two one-way 95th percentiles (linear interpolation).
 *  Source: MONAI's compute_hausdorff_distance with percentile 95. */
export const hd95MaxDirected = ({ there, back }: BorderDistances): number =>
  Math.max(quantile(there, 0.95)!, quantile(back, 0.95)!)

/** The smallest of the distances within which 95 % of the contour's length (area in three dimensions) lies. */
const weighted95 = ({ distances, sizes }: OneWay): number => {
  const sizeAt = new Map<number, number>()
  let total = 0
  distances.forEach((distance, i) => {
    sizeAt.set(distance, (sizeAt.get(distance) ?? 0) + sizes[i])
    total += sizes[i]
  })
  const ascending = Float64Array.from(sizeAt.keys()).sort()
  let left = 0.95 * total * (1 - 1e-12) // so that a sum of exactly 95 % is not missed by its rounding
  return ascending.find((distance) => {
    left -= sizeAt.get(distance)!
    return left <= 0
  })!
}

/** The larger of the two one-way percentiles along the contours between the pixels, weighed by length (area in three
 *  dimensions), without interpolation. Source: google-deepmind/surface-distance's compute_robust_hausdorff at 95. */
export const hd95Contour = ({ there, back }: ContourDistances): number =>
  Math.max(weighted95(there), weighted95(back))
