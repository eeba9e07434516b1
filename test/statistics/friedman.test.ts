import { describe, expect, it } from "vitest"
import { friedman } from "../../src/statistics/friedman.ts"
import fixture from "../fixtures/statistics.json" with { type: "json" }
import { expectClose } from "../support/close.ts"

describe("friedman", () => {
  it("compares the rank sums with what chance would give", () => {
    // Three cases agree on the order: rank sums 3, 6, 9, of middle 6.
    // chi-square = 12 / (3 x 3 x 4) x (9 + 36 + 81) - 3 x 3 x 4 = 6, with 2 degrees of freedom p = exp(-3).
    const result = friedman([
      [1, 2, 3],
      [0.1, 0.2, 0.3],
      [-5, 0, 9],
    ])!
    expect(result.chiSquare).toBeCloseTo(6, 13)
    expect(result.degreesOfFreedom).toBe(2)
    expect(result.p).toBeCloseTo(Math.exp(-3), 13)
  })

  it("finds nothing when all methods tie in every case", () => {
    expect(friedman([[1, 1, 1]])).toEqual({ chiSquare: 0, degreesOfFreedom: 2, p: 1 })
  })

  it("compares two methods, too", () => {
    // Rank sums 3 and 6 of middle 4.5: 12 / (3 x 2 x 3) x (9 + 36) - 3 x 3 x 3 = 3, one degree of freedom.
    // P(chi-square > 3) = P(|Z| > sqrt 3) = 0.08326.
    const result = friedman([
      [1, 2],
      [3, 5],
      [0, 7],
    ])!
    expect(result).toMatchObject({ chiSquare: 3, degreesOfFreedom: 1 })
    expect(result.p).toBeCloseTo(0.08326451666355, 12)
  })

  it("takes for ties what only arithmetic tells apart", () => {
    const [up, down] = [(0.1 + 0.2 + 0.3) / 3, (0.3 + 0.2 + 0.1) / 3]
    expect(up).not.toBe(down)
    expect(friedman([[up, down, 0.2]])).toEqual({ chiSquare: 0, degreesOfFreedom: 2, p: 1 })
    // The twelfth digit tells apart, the thirteenth does not, wherever the point stands.
    const tie = (a: number, b: number) => friedman([[a, b, a]])!.chiSquare === 0
    expect([tie(0.2, 0.200000000001), tie(0.2, 0.2000000000001)]).toEqual([false, true])
    expect([tie(2000, 2000.00000001), tie(2000, 2000.000000001)]).toEqual([false, true])
  })

  it("is undefined without cases and with a single method", () => {
    expect(friedman([])).toBeNull()
    expect(friedman([[1], [2]])).toBeNull()
  })

  it("agrees with scipy, with and without ties", () => {
    for (const { rows, chiSquare, p } of fixture.friedman) {
      const result = friedman(rows)!
      expectClose(result.chiSquare, chiSquare, { relative: 1e-12 })
      expectClose(result.p, p, { relative: 1e-11 })
    }
  })
})
