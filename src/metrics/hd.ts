import { borderDistances } from "./borderDistances.ts"
import type { Mask, SpacingMm } from "./mask.ts"

/** Hausdorff distance in mm, 0 is best: the largest distance from one border to the other, either way.
 *  @returns null when either mask is empty */
export const hd = (first: Mask, second: Mask, spacingMm: SpacingMm): number | null => {
  const distances = borderDistances(first, second, spacingMm)
  return distances === null ? null : distances.reduce((largest, distance) => Math.max(largest, distance))
}
