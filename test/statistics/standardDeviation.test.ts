import { describe, expect, it } from "vitest"
import { standardDeviation } from "../../src/statistics/standardDeviation.ts"

describe("standardDeviation", () => {
  it("divides the squares by n - 1", () => {
    // Mean 5, squares 9 + 1 + 1 + 9 = 20, over 3.
    expect(standardDeviation([2, 4, 6, 8])).toBeCloseTo(Math.sqrt(20 / 3), 15)
  })

  it("is zero for equal values and survives a large offset", () => {
    expect(standardDeviation([3, 3])).toBe(0)
    expect(standardDeviation([1e9 + 1, 1e9 + 2, 1e9 + 3])).toBe(1)
  })

  it("is undefined below two values", () => {
    expect(standardDeviation([])).toBeNull()
    expect(standardDeviation([1])).toBeNull()
  })
})
