import { quantile } from "../statistics/quantile.ts"
import { borderDistances } from "./borderDistances.ts"
import type { Mask, SpacingMm } from "./mask.ts"

/** 95 % Hausdorff distance in mm, 0 is best: the 95th percentile (linear interpolation) of the distances
 *  between the borders, both ways pooled before the percentile is taken. Symmetric.
 *  @returns null when either mask is empty
 *  Source: medpy's hd95, the paper's. MONAI and others take the larger of two one-way percentiles instead,
 *  which differs by tens of pixels on some masks (docs/explanation/hd95.md). */
export const hd95Pooled = (first: Mask, second: Mask, spacingMm: SpacingMm): number | null => {
  const distances = borderDistances(first, second, spacingMm)
  return distances === null ? null : quantile(distances, 0.95)
}
