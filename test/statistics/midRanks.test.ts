import { test } from "@fast-check/vitest"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { midRanks } from "../../src/statistics/midRanks.ts"

describe("midRanks", () => {
  it("ranks from the smallest, ties sharing the mean of their ranks", () => {
    // 5 5 take ranks 2 and 3; three 9s take 4, 5 and 6.
    expect(midRanks([9, 5, 1, 9, 5, 9])).toEqual([5, 2.5, 1, 5, 2.5, 5])
    expect(midRanks([])).toEqual([])
  })

  test.prop([fc.array(fc.integer({ min: 0, max: 4 }))])("adds up to n (n + 1) / 2", (values) => {
    const sum = midRanks(values).reduce((total, rank) => total + rank, 0)
    expect(sum).toBe((values.length * (values.length + 1)) / 2)
  })
})
