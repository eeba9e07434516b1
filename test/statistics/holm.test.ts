import { test } from "@fast-check/vitest"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { holm } from "../../src/statistics/holm.ts"

describe("holm", () => {
  it("multiplies the smallest by m, the next by m - 1, and never goes down", () => {
    // 0.01 x 4; 0.02 x 3; 0.025 x 2 = 0.05 is below the 0.06 before it; 0.5 x 1
    const adjusted = holm([0.02, 0.5, 0.01, 0.025])
    ;[0.06, 0.5, 0.04, 0.06].forEach((expected, i) => {
      expect(adjusted[i]).toBeCloseTo(expected, 15)
    })
  })

  it("stops at one, and leaves a single p as it is", () => {
    expect(holm([0.6, 0.7])).toEqual([1, 1])
    expect(holm([0.03])).toEqual([0.03])
    expect(holm([])).toEqual([])
  })

  const p = fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000)

  test.prop([fc.array(p, { minLength: 1 })])(
    "lies between p and Bonferroni's, in the same order",
    (pValues) => {
      const adjusted = holm(pValues)
      pValues.forEach((value, i) => {
        expect(adjusted[i]).toBeGreaterThanOrEqual(value)
        expect(adjusted[i]).toBeLessThanOrEqual(Math.min(1, value * pValues.length))
        pValues.forEach((other, j) => {
          if (value <= other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j]!)
        })
      })
    },
  )
})
