import { describe, expect, it } from "vitest"
import { incompleteBeta } from "../../src/statistics/incompleteBeta.ts"
import { logGamma } from "../../src/statistics/logGamma.ts"
import { normalTail } from "../../src/statistics/normalTail.ts"
import { studentTQuantile, studentTTails } from "../../src/statistics/studentT.ts"
import { upperIncompleteGamma } from "../../src/statistics/upperIncompleteGamma.ts"
import fixture from "../fixtures/statistics.json" with { type: "json" }
import { expectClose } from "../support/close.ts"
import { plainTTails } from "../support/plainStatistics.ts"

// References: scipy, test/fixtures/make/statistics.py.
const close = { absolute: 1e-300, relative: 1e-11 }

describe("logGamma", () => {
  it("is the logarithm of the factorial before", () => {
    expect(logGamma(5)).toBeCloseTo(Math.log(24), 13)
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13)
  })

  it("is accurate near zero, where the argument is less than a half", () => {
    // scipy.special.gammaln, scipy 1.17.1
    expectClose(logGamma(0.001), 6.907178885383854, { relative: 1e-14 })
    expectClose(logGamma(1e-20), 20 * Math.log(10), { relative: 1e-14 }) // of a tiny x: -log(x)
    expectClose(logGamma(0.3), 1.0957979948180756, { relative: 1e-13 })
  })

  it("agrees with scipy", () => {
    for (const { a, logGamma: expected } of fixture.gamma)
      expectClose(logGamma(a), expected, { absolute: 1e-13, relative: 1e-13 })
  })
})

describe("incompleteBeta", () => {
  it("is x for a = b = 1, and 0 and 1 at the ends", () => {
    expect(incompleteBeta(1, 1, 0.3)).toBeCloseTo(0.3, 14)
    expect(incompleteBeta(2, 3, 0)).toBe(0)
    expect(incompleteBeta(2, 3, 1)).toBe(1)
  })

  it("is 0 below and 1 above where the distribution lies", () => {
    expect([incompleteBeta(2, 3, -1), incompleteBeta(2, 3, 2)]).toEqual([0, 1])
    expect([incompleteBeta(0.5, 0.5, 0), incompleteBeta(0.5, 0.5, 1)]).toEqual([0, 1])
  })

  it("is a polynomial where a and b are whole, on either side of the mean", () => {
    // I_x(2, 3) = 6 x^2 - 8 x^3 + 3 x^4
    for (const x of [1e-9, 0.1, 0.2, 0.39, 0.4, 0.41, 0.43, 0.5, 0.7, 0.99])
      expectClose(incompleteBeta(2, 3, x), 6 * x ** 2 - 8 * x ** 3 + 3 * x ** 4, { relative: 1e-13 })
  })

  it("agrees with scipy", () => {
    for (const { a, b, x, value } of fixture.beta) expectClose(incompleteBeta(a, b, x), value, close)
  })
})

describe("upperIncompleteGamma", () => {
  it("is exp(-x) for a = 1", () => {
    for (const x of [0, 0.5, 1.9, 2.1, 30]) expectClose(upperIncompleteGamma(1, x), Math.exp(-x), close)
  })

  it("is everything above zero and below, and never more", () => {
    for (const a of [0.5, 1, 7])
      expect([upperIncompleteGamma(a, 0), upperIncompleteGamma(a, -1)]).toEqual([1, 1])
  })

  it("is a sum for whole a, where the series gives way to the fraction and far from it", () => {
    // Q(4, x) = exp(-x) (1 + x + x^2 / 2 + x^3 / 6)
    for (const x of [0.01, 1, 3, 4, 4.9, 5, 5.1, 6, 20])
      expectClose(upperIncompleteGamma(4, x), Math.exp(-x) * (1 + x + x ** 2 / 2 + x ** 3 / 6), {
        relative: 1e-13,
      })
  })

  it("agrees with scipy", () => {
    for (const { a, x, value } of fixture.gamma)
      expectClose(upperIncompleteGamma(a, x), value, { absolute: 1e-14, relative: 1e-11 })
  })
})

describe("normalTail", () => {
  it("agrees with scipy, far into the tail", () => {
    for (const { z, tail } of fixture.normal) expectClose(normalTail(z), tail, close)
  })
})

describe("studentT", () => {
  it("has 1/2 outside of 1 with one degree of freedom, and nothing outside of infinity", () => {
    expect(studentTTails(1, 1)).toBeCloseTo(0.5, 14)
    expect(studentTTails(0, 5)).toBe(1)
    expect(studentTTails(Number.POSITIVE_INFINITY, 5)).toBe(0)
  })

  it("is the finite series of whole degrees of freedom", () => {
    for (let degrees = 1; degrees <= 12; degrees++)
      for (const t of [0, 1e-3, 0.4, 1, 2.2, -3, 7])
        expectClose(studentTTails(t, degrees), plainTTails(t, degrees), { absolute: 1e-12 })
  })

  it("has the quantile that leaves the rest outside, of levels small and large", () => {
    for (const level of [0.01, 0.5, 0.9, 0.999])
      for (const degrees of [1, 3, 40])
        expectClose(studentTTails(studentTQuantile(level, degrees), degrees), 1 - level, { relative: 1e-12 })
    // Half of the t distribution with one degree of freedom lies within 1: tan(pi / 4).
    expectClose(studentTQuantile(0.5, 1), 1, { relative: 1e-14 })
  })

  it("agrees with scipy", () => {
    for (const { df, t, p, quantile975 } of fixture.student) {
      expectClose(studentTTails(t, df), p, close)
      expectClose(studentTTails(-t, df), p, close)
      expectClose(studentTQuantile(0.95, df), quantile975, close)
    }
  })
})
