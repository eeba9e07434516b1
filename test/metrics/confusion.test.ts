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
