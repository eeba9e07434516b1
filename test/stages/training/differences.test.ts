import { describe, expect, it } from "vitest"
import { worstDifference } from "../../../src/stages/training/differences.ts"

const compared = (expected: readonly number[], found: readonly number[]) =>
  worstDifference([["a", Float32Array.from(expected), Float32Array.from(found)]])

describe("worstDifference", () => {
  it("is null for the same bits, not-a-numbers among them", () => {
    expect(compared([1, Number.NaN, 0], [1, Number.NaN, 0])).toBeNull()
    expect(worstDifference([])).toBeNull()
  })

  it("is a share of the largest expected value", () => {
    // |3 - 2| of 4
    expect(compared([-4, 2], [-4, 3])).toEqual({ where: "a", relative: 0.25, arrays: 1, of: 1 })
  })

  it("names the array that differs most, and counts them", () => {
    const arrays = [[1], [2], [4]].map((values) => Float32Array.from(values))
    const [one, two, four] = arrays as [Float32Array, Float32Array, Float32Array]
    expect(
      worstDifference([
        ["same", one, one],
        ["half", two, one],
        ["three quarters", four, one],
      ]),
    ).toEqual({ where: "three quarters", relative: 0.75, arrays: 2, of: 3 })
  })

  it("names the first of those that differ most, wherever it stands", () => {
    const [one, two, four] = [[1], [2], [4]].map((values) => Float32Array.from(values)) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ]
    const worst = worstDifference([
      ["half", two, one],
      ["three quarters", four, one],
      ["three quarters too", four, one],
      ["half too", four, two],
    ])
    expect(worst).toEqual({ where: "three quarters", relative: 0.75, arrays: 4, of: 4 })
  })

  it("leaves what is not finite out of the largest expected value", () => {
    const infinite = Number.POSITIVE_INFINITY
    expect(compared([infinite, 0.5], [infinite, 0.25])?.relative).toBe(0.5)
    expect(compared([Number.NaN, 0.5], [Number.NaN, 0.25])?.relative).toBe(0.5)
  })

  it("is infinite where one side has more numbers", () => {
    expect(compared([1, 2], [1])?.relative).toBe(Number.POSITIVE_INFINITY)
    expect(compared([1], [1, 2])?.relative).toBe(Number.POSITIVE_INFINITY)
  })

  it("tells zeros of two signs, and counts them as no distance", () => {
    expect(compared([0, 1], [-0, 1])?.relative).toBe(0)
    expect(compared([0], [-0])?.relative).toBe(0)
  })

  it("is infinite where one side alone is finite, and where only 0 is expected", () => {
    expect(compared([1, 2], [1, Number.NaN])?.relative).toBe(Number.POSITIVE_INFINITY)
    expect(compared([Number.POSITIVE_INFINITY, 2], [1, 2])?.relative).toBe(Number.POSITIVE_INFINITY)
    expect(compared([0, 0], [0, 1e-30])?.relative).toBe(Number.POSITIVE_INFINITY)
  })
})
