import { mean } from "../statistics/mean.ts"
import { borderDistances } from "./borderDistances.ts"
import type { Mask, SpacingMm } from "./mask.ts"

/** Average symmetric surface distance in mm, 0 is best: the mean distance between the borders, both ways
 *  pooled. As medpy; others average the two one-way means, which differs when one border is longer.
 *  @returns null when either mask is empty */
export const assd = (first: Mask, second: Mask, spacingMm: SpacingMm): number | null => {
  const distances = borderDistances(first, second, spacingMm)
  return distances === null ? null : mean(distances)
}
