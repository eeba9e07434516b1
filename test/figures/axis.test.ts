import { test as property } from "@fast-check/vitest"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { axisOf, positionOn } from "../../src/figures/axis.ts"

const labels = (...values: number[]) => axisOf(values).ticks.map(({ label }) => label)

describe("axisOf", () => {
  it("goes in round steps from below the least to above the greatest", () => {
    expect(labels(0.83, 0.97)).toEqual(["0.80", "0.85", "0.90", "0.95", "1.00"])
    expect(labels(0, 7.2)).toEqual(["0", "2", "4", "6", "8"])
    expect(labels(-3, 3)).toEqual(["−4", "−2", "0", "2", "4"])
  })

  it("spreads a single value, and takes 0 to 1 for none", () => {
    const { low, high } = axisOf([0.9])
    expect(low).toBeLessThan(0.9)
    expect(high).toBeGreaterThan(0.9)
    expect(axisOf([Number.NaN])).toMatchObject({ low: 0, high: 1 })
  })

  property.prop([fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1 })])(
    "covers every value with few ticks",
    (values) => {
      const { low, high, ticks } = axisOf(values)
      const slack = 1e-6 * Math.max(high - low, Number.MIN_VALUE)
      expect(Math.min(...values)).toBeGreaterThanOrEqual(low - slack)
      expect(Math.max(...values)).toBeLessThanOrEqual(high + slack)
      expect(ticks.length).toBeGreaterThan(1)
      expect(ticks.length).toBeLessThan(13)
    },
  )
})

describe("positionOn", () => {
  it("maps the axis onto pixels, upside down where asked", () => {
    const y = positionOn({ low: 0, high: 2, ticks: [] }, 100, 0)
    expect([y(0), y(1), y(2)]).toEqual([100, 50, 0])
  })
})
