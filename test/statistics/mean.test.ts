import { describe, expect, it } from "vitest"
import { mean } from "../../src/statistics/mean.ts"

describe("mean", () => {
  it("is the sum over the number of values", () => {
    expect(mean([1, 2, 6])).toBe(3)
    expect(mean(Float64Array.of(0.5))).toBe(0.5)
  })

  it("is undefined without values", () => {
    expect(mean([])).toBeNull()
  })
})
