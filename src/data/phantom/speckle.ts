import type { Key } from "../../tensor/randomKey.ts"
import type { Grid } from "./grid.ts"
import { whiteNoise } from "./noise.ts"

/** Gaussian weights whose squares sum to 1, so that filtering white noise keeps its variance. */
const kernel = (sigma: number): Float32Array => {
  const reach = Math.ceil(2.5 * sigma)
  const weights = Float32Array.from({ length: 2 * reach + 1 }, (_, i) =>
    sigma > 0 ? Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)) : 1,
  )
  const norm = 1 / Math.hypot(...weights)
  return weights.map((weight) => weight * norm)
}

/** Noise seen through the scanner's point spread: short down the beam, wider across it, wider still at depth. */
const blurred = (noise: Float32Array, grid: Grid): Float32Array => {
  const { rows, columns } = grid
  const axial = kernel(0.09 / grid.dyMm)
  const lateral = Array.from({ length: rows }, (_, row) =>
    kernel((0.14 + 0.005 * (row + 0.5) * grid.dyMm) / grid.dxMm),
  )
  const rowBlurred = new Float32Array(noise.length)
  for (let row = 0; row < rows; row++) {
    const weights = lateral[row]!
    const reach = weights.length >> 1
    // The noise is white, so running over into the next row is as good as more of it.
    const start = (row * columns + noise.length - reach) % noise.length
    for (let column = 0; column < columns; column++) {
      let sum = 0
      for (let k = 0, at = start + column; k < weights.length; k++, at++)
        sum += weights[k]! * noise[at < noise.length ? at : at - noise.length]!
      rowBlurred[row * columns + column] = sum
    }
  }
  const result = new Float32Array(noise.length)
  const reach = axial.length >> 1
  for (let k = -reach; k <= reach; k++) {
    const weight = axial[k + reach]!
    for (let row = 0; row < rows; row++) {
      const from = ((row + k + rows) % rows) * columns
      const to = row * columns
      for (let column = 0; column < columns; column++)
        result[to + column]! += weight * rowBlurred[from + column]!
    }
  }
  return result
}

/** Fully developed speckle: the power of a sum of many scatterers, that is of a complex Gaussian field with the
 *  point spread's correlation; its root, the envelope, is Rayleigh distributed. Mean 1; [rows * columns]. */
export const specklePower = (key: Key, grid: Grid): Float32Array => {
  const count = grid.rows * grid.columns
  const real = blurred(whiteNoise(key.child("real"), count), grid)
  const imaginary = blurred(whiteNoise(key.child("imaginary"), count), grid)
  return real.map((value, i) => 0.5 * (value * value + imaginary[i]! * imaginary[i]!))
}
