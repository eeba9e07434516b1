import { type Contour, radiusAt } from "./capsule.ts"
import type { Grid } from "./grid.ts"
import { angleCount, type Ring } from "./randomCurve.ts"

/** Each pixel centre as seen from a centre: where it lies on a ring, and how far away. */
export interface PolarGrid {
  /** [rows * columns] fractional index into a ring, in [0, angleCount) */
  readonly index: Float32Array
  /** [rows * columns] mm */
  readonly distanceMm: Float32Array
}

/** Shared by the image and every annotator of a slice, since all contours of a slice have one centre. */
export const polarGrid = (grid: Grid, centreMm: Contour["centreMm"]): PolarGrid => {
  const index = new Float32Array(grid.rows * grid.columns)
  const distanceMm = new Float32Array(grid.rows * grid.columns)
  const perRadian = angleCount / (2 * Math.PI)
  for (let row = 0, i = 0; row < grid.rows; row++) {
    const y = (row + 0.5) * grid.dyMm - centreMm.y
    for (let column = 0; column < grid.columns; column++, i++) {
      const x = (column + 0.5) * grid.dxMm - centreMm.x
      const angle = Math.atan2(y, x) * perRadian
      index[i] = angle < 0 ? angle + angleCount : angle
      distanceMm[i] = Math.sqrt(x * x + y * y)
    }
  }
  return { index, distanceMm }
}

/** 1 where the pixel's centre lies inside the outline, 0 elsewhere; [rows * columns]. */
export const rasterise = (polar: PolarGrid, radiiMm: Ring): Uint8Array => {
  const mask = new Uint8Array(polar.index.length)
  for (let i = 0; i < mask.length; i++)
    if (polar.distanceMm[i]! < radiusAt(radiiMm, polar.index[i]!)) mask[i] = 1
  return mask
}
