import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { maskPyramid } from "../../../src/stages/training/maskPyramid.ts"
import { rootKey } from "../../../src/tensor/randomKey.ts"

/** The definition: the share of each block. */
const plainly = (mask: Uint8Array, rows: number, columns: number, block: number): Uint8Array =>
  Uint8Array.from({ length: mask.length / block ** 2 }, (_, i) => {
    const [row, column] = [Math.floor(i / (columns / block)) * block, (i % (columns / block)) * block]
    let inside = 0
    for (let r = row; r < row + block && r < rows; r++)
      for (let c = column; c < column + block; c++) inside += mask[r * columns + c]!
    return 2 * inside >= block * block ? 1 : 0
  })

describe("maskPyramid", () => {
  it("hands on the mask itself and counts exactly one half as inside", () => {
    // Blocks hold 2, 1, 4 and 0 of 4 pixels; all of them 7 of 16.
    const mask = Uint8Array.of(1, 1, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0)
    const masks = maskPyramid(mask, 4, 4, 3)
    expect(masks[0]).toBe(mask)
    expect(masks.slice(1).map((coarse) => [...coarse])).toEqual([[1, 0, 1, 0], [0]])
  })

  it("is 1 where at least half of the block is, whatever the mask", () => {
    const sizes = fc.record({
      rows: fc.integer({ min: 1, max: 4 }).map((count) => 8 * count),
      columns: fc.integer({ min: 1, max: 4 }).map((count) => 8 * count),
      share: fc.constantFrom(0, 0.3, 0.5, 0.7, 1),
      seed: fc.nat(),
    })
    fc.assert(
      fc.property(sizes, ({ rows, columns, share, seed }) => {
        const draws = rootKey(seed).draws()
        const mask = Uint8Array.from({ length: rows * columns }, () => (draws.uniform() < share ? 1 : 0))
        expect(maskPyramid(mask, rows, columns, 4)).toEqual(
          [1, 2, 4, 8].map((block) => plainly(mask, rows, columns, block)),
        )
      }),
    )
  })
})
