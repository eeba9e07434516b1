import type { ContourDistances, OneWay } from "./contourDistances.ts"

/** How much of one contour lies within the tolerance of the other, and how much there is. */
const coverage = ({ distances, sizes }: OneWay, toleranceMm: number) => {
  let within = 0
  let whole = 0
  for (let i = 0; i < sizes.length; i++) {
    whole += sizes[i]
    if (distances[i] <= toleranceMm) within += sizes[i]
  }
  return { within, whole }
}

/** Normalised surface distance, also surface Dice, in [0, 1], 1 is best: the share of the two contours (by length, by
 *  area in three dimensions) that lies no farther than the tolerance from the other contour.
 *  @param toleranceMm 0 or more
 *  Source: Nikolov et al. 2018; as google-deepmind/surface-distance's compute_surface_dice_at_tolerance. */
export const nsd = ({ there, back }: ContourDistances, toleranceMm: number): number => {
  const first = coverage(there, toleranceMm)
  const second = coverage(back, toleranceMm)
  return (first.within + second.within) / (first.whole + second.whole)
}
