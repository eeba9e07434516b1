import type { BorderDistances } from "./borderDistances.ts"

const largest = (distances: Float64Array): number => distances.reduce((a, b) => Math.max(a, b))

/** Hausdorff distance in mm, 0 is best: the largest distance from one border to the other, either way. */
export const hd = ({ there, back }: BorderDistances): number => Math.max(largest(there), largest(back))
