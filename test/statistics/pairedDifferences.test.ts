import { test } from "@fast-check/vitest"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { pairedDifferences } from "../../src/statistics/pairedDifferences.ts"

describe("pairedDifferences", () => {
  it("makes equal what is equal on paper", () => {
    expect(0.3 - 0.2).not.toBe(0.2 - 0.1)
    expect(pairedDifferences([0.3, 0.2, 31.2, 1e-7], [0.2, 0.3, 31.1, 3e-7])).toEqual([0.1, -0.1, 0.1, -2e-7])
    // 0.1 + 0.2 is the double above 0.3
    expect(pairedDifferences([0.1 + 0.2, 0.3, 0], [0.3, 0.1 + 0.2, 0])).toEqual([0, 0, 0])
  })

  it("keeps twelve digits of the larger value", () => {
    expect(pairedDifferences([1.00000000001, 1.0000000000001], [1, 1])).toEqual([1e-11, 0])
    expect(pairedDifferences([1e-300, 1e12, 1e200], [0, 1, 0])).toEqual([0, 999999999999, 1e200])
  })

  const decimal = fc.integer({ min: -9_999_999, max: 9_999_999 })
  test.prop([decimal, decimal, fc.integer({ min: 0, max: 9 })])(
    "is the difference of decimals, and its opposite the other way round",
    (a, b, decimals) => {
      const scale = 10 ** decimals
      const expected = a === b ? 0 : (a - b) / scale
      expect(pairedDifferences([a / scale], [b / scale])).toEqual([expected])
      expect(pairedDifferences([b / scale], [a / scale])).toEqual([expected === 0 ? 0 : -expected])
    },
  )

  it("refuses columns that differ in length", () => {
    expect(() => pairedDifferences([1], [])).toThrow("1 cases against 0")
  })
})
