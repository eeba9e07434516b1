import { contour } from "./contour.ts"
import type { JointCrop } from "./jointCrop.ts"
import { nearestDistances } from "./nearestDistances.ts"

/** Distances in mm from the points of one mask's contour to the nearest point of the other's, with the length in mm
 *  (area in mm² in three dimensions) of contour at each point. */
export interface OneWay {
  readonly distances: Float64Array
  readonly sizes: Float64Array
}

export interface ContourDistances {
  /** From the first mask's contour to the second's. */
  readonly there: OneWay
  /** From the second mask's contour to the first's. */
  readonly back: OneWay
}

/** What nsd and hd95 (contour) are summaries of; as google-deepmind/surface-distance. */
export const contourDistances = ({ first, second, axes }: JointCrop): ContourDistances => {
  const a = contour(first, axes)
  const b = contour(second, axes)
  return {
    there: { distances: nearestDistances(b.places, a.places, axes), sizes: a.sizes },
    back: { distances: nearestDistances(a.places, b.places, axes), sizes: b.sizes },
  }
}
