import type { ContourDistances, OneWay } from "./contourDistances.ts"

const sum = (sizes: Float64Array): number => sizes.reduce((a, b) => a + b)

const within = ({ distances, sizes }: OneWay, toleranceMm: number): number =>
  sum(sizes.filter((_, i) => distances[i] <= toleranceMm))

/** Normalised surface distance, also surface Dice, in [0, 1], 1 is best: the share of the two contours (by length, by
 *  area in three dimensions) that lies no farther than the tolerance from the other contour.
 *  @param toleranceMm 0 or more
 *  Source: Nikolov et al. 2018; as google-deepmind/surface-distance's compute_surface_dice_at_tolerance. */
export const nsd = ({ there, back }: ContourDistances, toleranceMm: number): number =>
  (within(there, toleranceMm) + within(back, toleranceMm)) / (sum(there.sizes) + sum(back.sizes))
