import { border } from "./border.ts"
import { squaredDistanceTransform } from "./distanceTransform.ts"
import { crop, jointBox } from "./jointBox.ts"
import type { Mask, SpacingMm } from "./mask.ts"
import { assertSameSize } from "./mask.ts"

/** Distances in mm from every border pixel of each mask to the nearest border pixel of the other, both ways
 *  pooled: first's to second's, then second's to first's. The measures of distance are summaries of these.
 *  @returns null when either mask is empty
 *  Throws ShapeError when sizes differ.
 *  Source: medpy 0.5.2, surface distances with connectivity 1. */
export const borderDistances = (first: Mask, second: Mask, spacingMm: SpacingMm): Float64Array | null => {
  assertSameSize("borderDistances", first, second)
  // Nothing is lost by cropping: outside this box both masks are empty, as outside the image.
  const box = jointBox(first, second)
  if (box === null) return null
  const a = border(crop(first, box))
  const b = border(crop(second, box))
  const toA = squaredDistanceTransform(a, spacingMm)
  const toB = squaredDistanceTransform(b, spacingMm)

  const distances = new Float64Array(2 * a.data.length)
  let count = 0
  for (let i = 0; i < a.data.length; i++) if (a.data[i] === 1) distances[count++] = Math.sqrt(toB[i]!)
  for (let i = 0; i < b.data.length; i++) if (b.data[i] === 1) distances[count++] = Math.sqrt(toA[i]!)
  return distances.subarray(0, count)
}
