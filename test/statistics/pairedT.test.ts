import { describe, expect, it } from "vitest"
import { pairedT } from "../../src/statistics/pairedT.ts"

describe("pairedT", () => {
  it("tests the mean difference against its standard error", () => {
    // Mean 1, SD sqrt(2), standard error 1, so t = 1 with one degree of freedom: p = 1/2.
    // The 95 % interval reaches 12.7062 standard errors to both sides.
    const { p, confidenceInterval } = pairedT([0, 2])!
    expect(p).toBeCloseTo(0.5, 14)
    expect(confidenceInterval[0]).toBeCloseTo(1 - 12.7062, 4)
    expect(confidenceInterval[1]).toBeCloseTo(1 + 12.7062, 4)
  })

  it("narrows the interval with the level", () => {
    // Half of the t distribution with one degree of freedom lies within 1.
    const [low, high] = pairedT([0, 2], 0.5)!.confidenceInterval
    expect(low).toBeCloseTo(0, 12)
    expect(high).toBeCloseTo(2, 12)
  })

  it("is certain about equal differences", () => {
    expect(pairedT([0, 0, 0])).toEqual({ p: 1, confidenceInterval: [0, 0] })
    expect(pairedT([2, 2])).toEqual({ p: 0, confidenceInterval: [2, 2] })
  })

  it("is undefined below two differences", () => {
    expect(pairedT([1])).toBeNull()
    expect(pairedT([])).toBeNull()
  })
})
