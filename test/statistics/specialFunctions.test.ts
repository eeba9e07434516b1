import { describe, expect, it } from "vitest"
import { incompleteBeta } from "../../src/statistics/incompleteBeta.ts"
import { logGamma } from "../../src/statistics/logGamma.ts"
import { normalTail } from "../../src/statistics/normalTail.ts"
import { studentTQuantile, studentTTails } from "../../src/statistics/studentT.ts"
import { upperIncompleteGamma } from "../../src/statistics/upperIncompleteGamma.ts"
import fixture from "../fixtures/statistics.json" with { type: "json" }
import { expectClose } from "../support/close.ts"

// References: scipy, test/fixtures/make/statistics.py.
const close = { absolute: 1e-300, relative: 1e-11 }

describe("logGamma", () => {
  it("is the logarithm of the factorial before", () => {
    expect(logGamma(5)).toBeCloseTo(Math.log(24), 13)
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13)
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

  it("agrees with scipy", () => {
    for (const { a, b, x, value } of fixture.beta) expectClose(incompleteBeta(a, b, x), value, close)
  })
})

describe("upperIncompleteGamma", () => {
  it("is exp(-x) for a = 1", () => {
    for (const x of [0, 0.5, 1.9, 2.1, 30]) expectClose(upperIncompleteGamma(1, x), Math.exp(-x), close)
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

  it("agrees with scipy", () => {
    for (const { df, t, p, quantile975 } of fixture.student) {
      expectClose(studentTTails(t, df), p, close)
      expectClose(studentTTails(-t, df), p, close)
      expectClose(studentTQuantile(0.95, df), quantile975, close)
    }
  })
})
