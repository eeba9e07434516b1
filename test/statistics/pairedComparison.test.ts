import { describe, expect, it } from "vitest"
import { pairedComparison } from "../../src/statistics/pairedComparison.ts"

describe("pairedComparison", () => {
  it("describes the differences first - second", () => {
    // Differences 1, 2, 3, -4: mean 0.5, median 1.5; ranks 1, 2, 3 against 4.
    const comparison = pairedComparison([2, 4, 6, 1], [1, 2, 3, 5])!
    expect(comparison).toMatchObject({ n: 4, meanDifference: 0.5, medianDifference: 1.5, firstBetter: 3 })
    expect(comparison.rankBiserial).toBeCloseTo(0.2, 15)
    // W- = 4: 1 + 1 + 1 + 2 + 2 patterns reach 0, 1, 2, 3, 4, and as many the other side.
    expect(comparison.wilcoxonP).toBe(14 / 16)
  })

  it("counts the smaller as better when told so, and nothing else changes", () => {
    const larger = pairedComparison([1, 2, 3], [2, 2, 5])!
    const smaller = pairedComparison([1, 2, 3], [2, 2, 5], { smallerIsBetter: true })!
    expect(larger).toMatchObject({ firstBetter: 0, secondBetter: 2, ties: 1 })
    expect(smaller).toEqual({ ...larger, firstBetter: 2, secondBetter: 0 })
  })

  it("takes for ties what only arithmetic tells apart", () => {
    const means = [(0.1 + 0.2 + 0.3) / 3, (0.3 + 0.2 + 0.1) / 3, 0.2]
    expect(new Set(means).size).toBeGreaterThan(1)
    expect(pairedComparison(means, [0.2, 0.2, 0.2])).toMatchObject({ ties: 3, pairedTP: 1, wilcoxonP: 1 })
  })

  it("finds no difference between a method and itself", () => {
    expect(pairedComparison([1, 2, 3], [1, 2, 3])).toEqual({
      n: 3,
      meanDifference: 0,
      medianDifference: 0,
      confidenceInterval: [0, 0],
      firstBetter: 0,
      secondBetter: 0,
      ties: 3,
      wilcoxonP: 1,
      pairedTP: 1,
      rankBiserial: 0,
    })
  })

  it("is undefined below two pairs, and refuses columns that differ in length", () => {
    expect(pairedComparison([1], [2])).toBeNull()
    expect(pairedComparison([], [])).toBeNull()
    expect(() => pairedComparison([1], [])).toThrow("1 cases against 0")
  })
})
