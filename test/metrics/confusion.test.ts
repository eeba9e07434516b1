import { test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { confusion } from "../../src/metrics/confusion.ts"
import { ShapeError } from "../../src/tensor/shape.ts"
import { anyPair, draw } from "../support/masks.ts"

describe("confusion", () => {
  it("counts each kind of pixel", () => {
    // Predicted: 3 pixels, of which 2 are right; the reference has 1 more; 2 of 6 are empty in both.
    const counts = confusion(draw("###", "..."), draw(".##", "#.."))
    expect(counts).toEqual({ truePositives: 2, falsePositives: 1, falseNegatives: 1, trueNegatives: 2 })
  })

  it("refuses masks of different sizes, naming both", () => {
    expect(() => confusion(draw("#."), draw("#", "."))).toThrow(ShapeError)
    expect(() => confusion(draw("#."), draw("#", "."))).toThrow(
      "confusion: expected shape [1, 2], got [2, 1]",
    )
  })

  it("refuses a mask with fewer pixels than its size says", () => {
    expect(() => confusion(draw("##"), { shape: [1, 2], data: new Uint8Array(1) })).toThrow(ShapeError)
  })

  it("counts masks of any size, wherever they begin in memory", () => {
    const pixels = 4 * 1020 + 3
    const long = Uint8Array.from({ length: pixels + 1 }, (_, i) => +(i % 3 === 0))
    const ones = { shape: [1, pixels], data: new Uint8Array(pixels).fill(1) }
    const thirds = (from: number) => ({ shape: [1, pixels], data: long.subarray(from, from + pixels) })
    // Of 0..4082 every third is 0, 3, ..., 4080; of 1..4083 3, ..., 4083: 1361 both times.
    for (const from of [0, 1])
      expect(confusion(thirds(from), ones)).toEqual({
        truePositives: 1361,
        falsePositives: 0,
        falseNegatives: 2722,
        trueNegatives: 0,
      })
    expect(confusion(ones, ones).truePositives).toBe(4083)
  })

  test.prop([anyPair])("counts every pixel once, and swaps the errors with the masks", ({ a, b }) => {
    const there = confusion(a, b)
    const back = confusion(b, a)
    expect(Object.values(there).reduce((sum, count) => sum + count)).toBe(a.data.length)
    expect(back).toEqual({
      ...there,
      falsePositives: there.falseNegatives,
      falseNegatives: there.falsePositives,
    })
  })
})
