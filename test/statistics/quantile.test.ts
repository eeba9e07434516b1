import { describe, expect, it } from "vitest"
import { median } from "../../src/statistics/median.ts"
import { quantile } from "../../src/statistics/quantile.ts"
import { summarize } from "../../src/statistics/summarize.ts"
import fixture from "../fixtures/statistics.json" with { type: "json" }

describe("quantile", () => {
  it("interpolates between the values around (n - 1) q", () => {
    // Sorted 10 20 30 40; position 3 x 0.25 = 0.75
    expect(quantile([40, 10, 30, 20], 0.25)).toBe(17.5)
    expect(quantile([40, 10, 30, 20], 0)).toBe(10)
    expect(quantile([40, 10, 30, 20], 1)).toBe(40)
  })

  it("is undefined without values and leaves its input as it was", () => {
    const values = [3, 1, 2]
    quantile(values, 0.5)
    expect(values).toEqual([3, 1, 2])
    expect(quantile([], 0.5)).toBeNull()
  })

  it("agrees with NumPy", () => {
    for (const { values, q, value } of fixture.quantiles) expect(quantile(values, q)).toBeCloseTo(value, 14)
  })
})

describe("median", () => {
  it("is the middle value or the mean of the two middle ones", () => {
    expect(median([9, 1, 2])).toBe(2)
    expect(median([9, 1, 2, 4])).toBe(3)
    expect(median([])).toBeNull()
  })
})

describe("summarize", () => {
  it("says how many values there were, and null for what they do not define", () => {
    expect(summarize([1, 3])).toEqual({ n: 2, mean: 2, sd: Math.SQRT2, median: 2 })
    expect(summarize([1])).toEqual({ n: 1, mean: 1, sd: null, median: 1 })
    expect(summarize([])).toEqual({ n: 0, mean: null, sd: null, median: null })
  })
})
