import { describe, expect, it } from "vitest"
import { nothing } from "../../../src/losses/loss.ts"
import { madeUpBatch } from "../../../src/stages/training/madeUpBatch.ts"

const both = { second: true, distance: true }

/** A square of ones within a margin, twice. */
const squares = (size: number, margin: number): number[] => {
  const one = Array.from({ length: size * size }, (_, i) => {
    const [row, column] = [Math.floor(i / size), i % size]
    return +[row, column].every((at) => at >= margin && at < size - margin)
  })
  return [...one, ...one]
}

describe("madeUpBatch", () => {
  it("is two slices of noise with a square, which the second annotator draws larger", () => {
    const { size, images, truths } = madeUpBatch(16, both)
    expect(size).toBe(2)
    expect(images).toHaveLength(2 * 256)
    expect(new Set(images).size).toBeGreaterThan(500)
    expect(images.every((value) => value >= 0 && value <= 1)).toBe(true)
    expect(truths.map(({ rows, columns }) => [rows, columns])).toEqual(
      [16, 8, 4, 2].map((side) => [side, side]),
    )
    expect([...truths[0]!.mask]).toEqual(squares(16, 4))
    expect([...truths[0]!.second!]).toEqual(squares(16, 3))
    // The corner of the square is a pixel away from (3, 4), which lies outside.
    expect(truths[0]!.distance![3 * 16 + 4]).toBe(1)
  })

  it("is other noise with other squares for another seed, and the same again for the same", () => {
    const [first, second, third] = [0, 1, 2].map((seed) => madeUpBatch(32, both, seed))
    expect(madeUpBatch(32, both)).toEqual(first)
    expect(new Set([first, second, third].map((batch) => batch!.images[0])).size).toBe(3)
    expect([...first!.truths[0]!.mask]).toEqual(squares(32, 8))
    expect([...second!.truths[0]!.mask]).toEqual(squares(32, 9))
    expect([...second!.truths[0]!.second!]).toEqual(squares(32, 8))
    expect(third!.truths).toEqual(first!.truths)
  })

  it("has what is needed alone", () => {
    expect(Object.keys(madeUpBatch(16, nothing).truths[0]!)).toEqual(["rows", "columns", "mask"])
  })
})
