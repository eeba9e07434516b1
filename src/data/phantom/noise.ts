import type { Key } from "../../tensor/randomKey.ts"
import { fieldMm, type Grid } from "./grid.ts"

/** Independent values, uniform with mean 0 and variance 1. Millions are needed, so they come from a small fast
 *  generator (the 32-bit scheme known as mulberry32) started from the key. */
export const whiteNoise = (key: Key, length: number): Float32Array => {
  let [state] = key.seedPair()
  const scale = Math.sqrt(12) / 4294967296
  const values = new Float32Array(length)
  for (let i = 0; i < length; i++) {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    values[i] = ((t ^ (t >>> 14)) >>> 0) * scale - Math.sqrt(3)
  }
  return values
}

/** Weights of the four lattice points around `share` of a cell (uniform cubic B-spline); they sum to 1. */
const spline = (share: number): readonly [number, number, number, number] => {
  const s = share
  const r = 1 - s
  return [(r * r * r) / 6, (3 * s * s * (s - 2) + 4) / 6, (3 * r * r * (r - 2) + 4) / 6, (s * s * s) / 6]
}

/** Mean over a cell of the sum of squared weights: what the spline does to the variance, per axis. */
const splineVariance = 151 / 315

/** Smooth noise over the field and along the sweep: a lattice of independent values, joined by a cubic spline.
 *  Mean 0, variance about 1. It depends on millimetres alone, so every grid shows the same tissue.
 *  @param correlation lattice steps, about the size of the blobs: mm across, mm down, and shares of the sweep
 *  @returns the field at the place u in [0, 1] of the sweep; [rows * columns] */
export const smoothField = (
  key: Key,
  grid: Grid,
  correlation: { readonly xMm: number; readonly yMm: number; readonly sweep: number },
): ((u: number) => Float32Array) => {
  const across = Math.ceil(fieldMm.x / correlation.xMm) + 4
  const down = Math.ceil(fieldMm.y / correlation.yMm) + 4
  const along = Math.ceil(1 / correlation.sweep) + 4
  const lattice = whiteNoise(key, across * down * along)
  const norm = splineVariance ** -1.5
  return (u) => {
    const plane = new Float32Array(across * down)
    const depth = u / correlation.sweep
    const first = Math.floor(depth)
    spline(depth - first).forEach((weight, n) => {
      const start = (first + n) * plane.length
      for (let i = 0; i < plane.length; i++) plane[i]! += norm * weight * lattice[start + i]!
    })
    const wide = new Float32Array(down * grid.columns)
    for (let column = 0; column < grid.columns; column++) {
      const at = ((column + 0.5) * grid.dxMm) / correlation.xMm
      const left = Math.floor(at)
      const [a, b, c, d] = spline(at - left)
      for (let row = 0, i = left; row < down; row++, i += across)
        wide[row * grid.columns + column] =
          a * plane[i]! + b * plane[i + 1]! + c * plane[i + 2]! + d * plane[i + 3]!
    }
    const field = new Float32Array(grid.rows * grid.columns)
    for (let row = 0; row < grid.rows; row++) {
      const at = ((row + 0.5) * grid.dyMm) / correlation.yMm
      const top = Math.floor(at)
      const [a, b, c, d] = spline(at - top)
      for (let column = 0, i = top * grid.columns; column < grid.columns; column++, i++)
        field[row * grid.columns + column] =
          a * wide[i]! +
          b * wide[i + grid.columns]! +
          c * wide[i + 2 * grid.columns]! +
          d * wide[i + 3 * grid.columns]!
    }
    return field
  }
}
