import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { flip } from "../../src/augmentations/flip.ts"
import { anySample, augmented } from "./samples.ts"

const example = {
  rows: 2,
  columns: 3,
  image: Float32Array.of(1, 2, 3, 4, 5, 6),
  mask: Uint8Array.of(1, 0, 0, 0, 0, 0),
  second: Uint8Array.of(0, 1, 0, 0, 0, 0),
}

describe("flip", () => {
  it("mirrors left and right over columns", () => {
    const result = augmented(flip({ axis: "columns", probability: 1 }), example)
    expect([...result.image]).toEqual([3, 2, 1, 6, 5, 4])
    expect([...result.mask]).toEqual([0, 0, 1, 0, 0, 0])
    expect([...result.second!]).toEqual([0, 1, 0, 0, 0, 0])
  })

  it("mirrors top and bottom over rows", () => {
    const result = augmented(flip({ axis: "rows", probability: 1 }), example)
    expect([...result.image]).toEqual([4, 5, 6, 1, 2, 3])
    expect([...result.mask]).toEqual([0, 0, 0, 1, 0, 0])
    expect([...result.second!]).toEqual([0, 0, 0, 0, 1, 0])
  })

  it("is done half of the time unless told otherwise", () => {
    const done = Array.from({ length: 400 }, (_, seed) => augmented(flip({ axis: "rows" }), example, seed))
    // 200 expected, with a deviation of 10.
    expect(Math.abs(done.filter((result) => result !== example).length - 200)).toBeLessThan(60)
  })

  it("leaves a second mask out where there is none", () => {
    const { second: _, ...single } = example
    const result = augmented(flip({ axis: "columns", probability: 1 }), single)
    expect(Object.keys(result)).toEqual(["rows", "columns", "image", "mask"])
    expect([result.rows, result.columns]).toEqual([2, 3])
  })

  it("is never done with probability 0", () => {
    expect(augmented(flip({ axis: "rows", probability: 0 }), example)).toBe(example)
  })

  it("is the identity when done twice, and leaves its input alone", () => {
    fc.assert(
      fc.property(anySample(), fc.constantFrom("rows" as const, "columns" as const), (sample, axis) => {
        const before = structuredClone(sample)
        const mirror = flip({ axis, probability: 1 })
        expect(augmented(mirror, augmented(mirror, sample))).toEqual(before)
        expect(sample).toEqual(before)
      }),
    )
  })
})
