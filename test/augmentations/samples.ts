import fc from "fast-check"
import type { Augmentation, Sample } from "../../src/augmentations/augmentation.ts"
import { rootKey } from "../../src/tensor/randomKey.ts"

export const drawsOf = (seed: number) => rootKey(seed).draws()

/** Applies an augmentation with the draws of a fixed key. */
export const augmented = (augmentation: Augmentation, sample: Sample, seed = 1): Sample =>
  augmentation(drawsOf(seed), sample)

/** Random intensities in [0, 1] and random masks, up to 9 x 9. */
export const anySample = ({ square = false, second = true } = {}): fc.Arbitrary<Sample> =>
  fc
    .record({ rows: fc.integer({ min: 1, max: 9 }), width: fc.integer({ min: 1, max: 9 }), seed: fc.nat() })
    .map(({ rows, width, seed }) => {
      const columns = square ? rows : width
      const draws = drawsOf(seed)
      const bits = () => Uint8Array.from({ length: rows * columns }, () => draws.index(2))
      return {
        rows,
        columns,
        image: Float32Array.from({ length: rows * columns }, draws.uniform),
        mask: bits(),
        ...(second ? { second: bits() } : {}),
      }
    })

/** A soft disc: the mask, and an image whose half-way contour is the mask's border. */
export const disc = (size: number, row: number, column: number, radius: number): Sample => {
  const distance = (i: number) => Math.hypot(Math.floor(i / size) - row, (i % size) - column)
  const pixels = { length: size * size }
  const mask = Uint8Array.from(pixels, (_, i) => (distance(i) <= radius ? 1 : 0))
  return {
    rows: size,
    columns: size,
    image: Float32Array.from(pixels, (_, i) => 1 / (1 + Math.exp(2 * (distance(i) - radius)))),
    mask,
    second: mask.slice(),
  }
}

/** Mean row and column of what is above one half. */
export const centre = (values: Float32Array | Uint8Array, columns: number): readonly [number, number] => {
  let [rowSum, columnSum, count] = [0, 0, 0]
  for (const [i, value] of values.entries()) {
    if (value < 0.5) continue
    rowSum += Math.floor(i / columns)
    columnSum += i % columns
    count++
  }
  return [rowSum / count, columnSum / count]
}
