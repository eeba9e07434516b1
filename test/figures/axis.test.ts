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

  it("puts each label on its value", () => {
    expect(axisOf([0.83, 0.97])).toMatchObject({ low: 0.8, high: 1 })
    expect(axisOf([0, 7.2]).ticks).toEqual([0, 2, 4, 6, 8].map((value) => ({ value, label: String(value) })))
    expect(axisOf([-3, 3]).ticks.map(({ value }) => value)).toEqual([-4, -2, 0, 2, 4])
  })

  it("takes steps of one, two, five or ten, as many as were asked for or so", () => {
    // Of 5, 10, 20 and 50 in five: 1, 2, 4 -> 5 and 10.
    expect([5, 10, 20, 50].map((most) => axisOf([0, most]).ticks[1]!.value)).toEqual([1, 2, 5, 10])
    expect(axisOf([0, 10], 10).ticks.map(({ value }) => value)).toEqual(
      Array.from({ length: 11 }, (_, i) => i),
    )
    expect(axisOf([0, 10], 2).ticks.map(({ value }) => value)).toEqual([0, 5, 10])
  })

  it("ends on the values where they are round, though arithmetic has them a little off", () => {
    expect(labels(0.1 + 0.2, 0.7)).toEqual(["0.3", "0.4", "0.5", "0.6", "0.7"])
    expect(labels(0, 0.1 + 0.2)).toEqual(["0.0", "0.1", "0.2", "0.3"])
    expect(labels(0.2, 0.6)).toEqual(["0.2", "0.3", "0.4", "0.5", "0.6"])
  })

  it("has as many decimals as tell its labels apart, and powers for the very large and small", () => {
    expect(labels(0.001, 0.003)).toEqual(["0.0010", "0.0015", "0.0020", "0.0025", "0.0030"])
    expect(labels(10, 30)).toEqual(["10", "15", "20", "25", "30"])
    expect(labels(0, 4e6)).toEqual(["0", "1.0e+6", "2.0e+6", "3.0e+6", "4.0e+6"])
    expect(labels(0, 500_000).at(-1)).toBe("500000")
    expect(labels(0, 4e-6).slice(0, 2)).toEqual(["0.000000", "0.000001"])
    expect(labels(1e-7, 4e-7)[0]).toBe("1.0e−7")
    expect(labels(-0.3, 0.2)).toEqual(["−0.3", "−0.2", "−0.1", "0.0", "0.1", "0.2"])
    expect(labels(-2e7, 0)[0]).toBe("−2.0e+7")
  })

  it("spreads equal values by a twentieth of their size, and zeros by a half, to either side", () => {
    // 0.95 to 1.05 of 40: 38 to 42.
    expect(axisOf([40, 40])).toMatchObject({ low: 38, high: 42 })
    expect(axisOf([-40])).toMatchObject({ low: -42, high: -38 })
    expect(axisOf([1e-90])).toMatchObject({ low: expect.closeTo(0.94e-90, 95) as number })
    expect(axisOf([1e-101]).high).toBeGreaterThan(0.5)
    expect(labels(0, 0)).toEqual(["−0.6", "−0.4", "−0.2", "0.0", "0.2", "0.4", "0.6"])
    // Apart by less than a thousandth of a millionth: as good as equal.
    expect(axisOf([40, 40 + 1e-10])).toMatchObject({ low: 38, high: 42 })
    expect(axisOf([40, 40 + 1e-6]).low).toBeGreaterThan(39)
  })

  it("counts finite values only", () => {
    expect(axisOf([Number.NaN, 0, Number.POSITIVE_INFINITY, 4])).toEqual(axisOf([0, 4]))
    expect(axisOf([])).toEqual(axisOf([0, 1]))
  })

  const whole = fc.integer({ min: -100_000, max: 100_000 })
  property.prop([
    fc.array(
      whole.map((n) => n / 1000),
      { minLength: 2 },
    ),
    fc.integer({ min: 2, max: 9 }),
  ])("wastes less than two steps, and its steps are equal", (values, count) => {
    const [least, most] = [Math.min(...values), Math.max(...values)]
    fc.pre(least < most)
    const { low, high, ticks } = axisOf(values, count)
    const step = ticks[1]!.value - ticks[0]!.value
    expect([ticks[0]!.value + 0, ticks.at(-1)!.value + 0]).toEqual([low + 0, high + 0]) // no -0
    expect(least - low).toBeLessThan(step * (1 + 1e-6))
    expect(high - most).toBeLessThan(step * (1 + 1e-6))
    expect(low).toBeLessThanOrEqual(least + 1e-6 * step)
    expect(high).toBeGreaterThanOrEqual(most - 1e-6 * step)
    ticks.forEach(({ value }, i) => {
      expect(Math.abs(value - low - i * step)).toBeLessThan(1e-9 * Math.max(1, Math.abs(value)))
    })
    expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length)
    // No coarser than three times what would give `count` steps, no finer than they.
    expect(step).toBeGreaterThanOrEqual((0.998 * (most - least)) / count)
    expect(step).toBeLessThanOrEqual((2.51 * (most - least)) / count)
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
    const x = positionOn({ low: -1, high: 3, ticks: [] }, 10, 50)
    expect([x(-1), x(0), x(3), x(5)]).toEqual([10, 20, 50, 70])
  })
})
