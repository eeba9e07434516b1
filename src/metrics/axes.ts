import { ShapeError } from "../tensor/shape.ts"
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

/** The axes of an array of this shape.
 *  Throws ShapeError when there is not one spacing for each axis. */
export const axesOf = (shape: readonly number[], spacingMm: SpacingMm): Axes => {
  if (spacingMm.length !== shape.length)
    throw new ShapeError("spacing in mm", `[${shape.length}] values`, [spacingMm.length])
  return shape.map((size, axis) => ({
    size,
    stride: shape.slice(axis + 1).reduce((product, inner) => product * inner, 1),
    mm: spacingMm[axis],
  }))
}
