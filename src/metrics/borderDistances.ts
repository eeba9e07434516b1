import { border } from "./border.ts"
import type { JointCrop } from "./jointCrop.ts"
import { nearestDistances } from "./nearestDistances.ts"

/** Distances in mm between the borders of two masks, pixel centre to pixel centre. */
export interface BorderDistances {
  /** From every border pixel of the first mask to the nearest border pixel of the second. */
  readonly there: Float64Array
  /** From every border pixel of the second mask to the nearest border pixel of the first. */
  readonly back: Float64Array
}

/** What hd, assd and hd95 (pooled, max-directed) are summaries of; as medpy's and MONAI's surface distances. */
export const borderDistances = ({ first, second, axes }: JointCrop): BorderDistances => {
  const a = border(first, axes)
  const b = border(second, axes)
  return { there: nearestDistances(b, a, axes), back: nearestDistances(a, b, axes) }
}
