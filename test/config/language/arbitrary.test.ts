import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { arbitraryOf } from "../../../src/config/language/arbitrary.ts"
import type { Description } from "../../../src/config/language/description.ts"
import { example } from "../examples.ts"

const doc = "Something."
const sample = (description: Description): readonly unknown[] =>
  fc.sample(arbitraryOf(description), { numRuns: 500, seed: 1 })

describe("arbitraryOf", () => {
  it("meets inclusive limits and stays clear of exclusive ones", () => {
    const closed = sample({ tag: "number", doc, minimum: 0, maximum: 0.01 })
    expect(closed).toContain(0)
    expect(closed).toContain(0.01)
    const open = sample({ tag: "number", doc, exclusiveMinimum: 0, exclusiveMaximum: 0.01 })
    expect(open).not.toContain(0)
    expect(open).not.toContain(0.01)
  })

  it("makes numbers of a size that people write", () => {
    for (const value of sample({ tag: "number", doc, exclusiveMinimum: 0 })) {
      expect(value).toBeGreaterThanOrEqual(1e-6)
      expect(value).toBeLessThanOrEqual(1000)
    }
    const anywhere = sample({ tag: "number", doc }) as readonly number[]
    expect(Math.min(...anywhere)).toBeLessThan(0)
    expect(Math.max(...anywhere)).toBeGreaterThan(0)
  })

  it("reaches every kind and every preset, and nests a sum in a sum but not without end", () => {
    const losses = JSON.stringify(sample(example).map((value) => (value as { readonly loss: unknown }).loss))
    for (const part of ['"kind":"dice"', '"kind":"sum"', '"preset":"strong"', '"preset":"weak"'])
      expect(losses).toContain(part)
    expect(losses).toContain('{"kind":"sum","terms":[{"kind":"')
  })

  it("keeps the rules of records", () => {
    for (const value of sample(example)) {
      const { schedule } = value as { readonly schedule: { readonly start: number; readonly end: number } }
      expect(schedule.end).toBeLessThanOrEqual(schedule.start)
    }
  })
})
