import { describe, expect, it } from "vitest"
import { completePairs } from "../../src/statistics/completePairs.ts"

describe("completePairs", () => {
  it("drops a pair when either value is missing, and counts it", () => {
    expect(completePairs([1, null, 3, null, 0], [5, 6, null, null, 0])).toEqual({
      first: [1, 0],
      second: [5, 0],
      dropped: 3,
    })
    expect(completePairs([], [])).toEqual({ first: [], second: [], dropped: 0 })
  })

  it("refuses columns that differ in length", () => {
    expect(() => completePairs([1], [1, 2])).toThrow("1 cases against 2")
  })
})
