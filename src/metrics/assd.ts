import type { BorderDistances } from "./borderDistances.ts"

const sum = (distances: Float64Array): number => distances.reduce((a, b) => a + b)

/** Average symmetric surface distance in mm, 0 is best: the mean distance between the borders, both ways pooled. As
 *  medpy; others average the two one-way means, which differs when one border is longer. */
export const assd = ({ there, back }: BorderDistances): number =>
  (sum(there) + sum(back)) / (there.length + back.length)
