import type { Needs } from "../../losses/loss.ts"
import { rootKey } from "../../tensor/randomKey.ts"
import { type BatchArrays, makeBatch } from "./batches.ts"

/** Two slices of noise with a square as mask, and a second annotator whose square is larger.
 *  @param size rows and columns, 16 or more and divisible by 8
 *  @param seed another noise, and smaller squares for odd ones */
export const madeUpBatch = (size: number, needs: Needs, seed = 0): BatchArrays => {
  const count = 2
  const draws = rootKey(seed).draws()
  const square = (margin: number) =>
    Uint8Array.from({ length: count * size * size }, (_, i) => {
      const [row, column] = [Math.floor((i % (size * size)) / size), i % size]
      return +(Math.min(row, column, size - 1 - row, size - 1 - column) >= margin)
    })
  const margin = size / 4 + (seed % 2)
  const slices = {
    count,
    ids: [0, 1].map((slice) => ({ case: "made up", slice })),
    images: Float32Array.from({ length: count * size * size }, () => draws.uniform()),
    masks: square(margin),
    second: square(margin - 1),
  }
  return makeBatch(slices, [0, 1], { rows: size, columns: size, augmentations: [], needs }, rootKey(0), 0)
}
