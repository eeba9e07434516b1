import type { SpacingMm } from "./mask.ts"

/** One direction of a grid whose pixels lie one after the other in memory. */
export interface Axis {
  /** Pixels along it. */
  readonly size: number
  /** Places in memory from a pixel to its neighbour along the axis. */
  readonly stride: number
  /** Distance to that neighbour. */
  readonly mm: number
}

/** Slowest first, so the last has stride 1. */
export type Axes = readonly Axis[]

/** The axes of an array of this shape, with a spacing for each. */
export const axesOf = (shape: readonly number[], spacingMm: SpacingMm): Axes =>
  shape.map((size, axis) => ({
    size,
    stride: shape.slice(axis + 1).reduce((product, inner) => product * inner, 1),
    mm: spacingMm[axis],
  }))
