import { test } from "@fast-check/vitest"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { orderStatistic } from "../../src/statistics/orderStatistic.ts"

const values = fc.oneof(
  fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 60 }),
  fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 60 }), // many equal ones
)

describe("orderStatistic", () => {
  it("is the smallest at place 0 and the largest at the last", () => {
    expect(orderStatistic(Float64Array.of(3, 1, 2), 0)).toBe(1)
    expect(orderStatistic(Float64Array.of(3, 1, 2), 2)).toBe(3)
    expect(orderStatistic(Float64Array.of(7), 0)).toBe(7)
  })

  test.prop([values, fc.nat()])("is what stands there after sorting, and parts the values", (given, any) => {
    const k = any % given.length
    const rearranged = Float64Array.from(given)
    const value = orderStatistic(rearranged, k)
    const sorted = Float64Array.from(given).sort()
    expect(value === sorted[k]).toBe(true) // -0 and 0 are equal, but sorted apart
    expect(rearranged.subarray(0, k).every((one) => one <= value)).toBe(true)
    expect(rearranged.subarray(k).every((one) => one >= value)).toBe(true)
    expect(Float64Array.from(rearranged).sort()).toEqual(sorted)
  })
})
