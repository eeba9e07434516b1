import type { Mask } from "../../metrics/mask.ts"
import { signedDistance } from "../../metrics/signedDistance.ts"

/** Signed distances of one slice, a map for each of its masks, which are of one scale each.
 *  @param slice the slice's number when its masks are those of the data set; null when an augmentation moved them */
export type DistanceMaps = (masks: readonly Mask[], slice: number | null) => readonly Float32Array[]

/** Computes distance maps, and keeps those of slices whose masks are as in the data set, as many as fit.
 *  What came first stays: an epoch visits every slice once, so whatever made room for another would be needed
 *  before that other is. */
export const distanceMaps = (limitBytes: number): DistanceMaps => {
  const kept = new Map<number, readonly Float32Array[]>()
  let bytes = 0
  return (masks, slice) => {
    const found = slice === null ? undefined : kept.get(slice)
    if (found !== undefined) return found
    const maps = masks.map(signedDistance)
    const size = maps.reduce((sum, { byteLength }) => sum + byteLength, 0)
    if (slice !== null && bytes + size <= limitBytes) {
      kept.set(slice, maps)
      bytes += size
    }
    return maps
  }
}
