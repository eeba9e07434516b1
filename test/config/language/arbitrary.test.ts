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

  it("meets the limits of integers, whichever there are, and a thousand beyond the only one", () => {
    const ends = (description: Omit<Extract<Description, { tag: "integer" }>, "tag" | "doc">) => {
      const drawn = sample({ tag: "integer", doc, ...description }) as readonly number[]
      expect(drawn.every(Number.isInteger)).toBe(true)
      return [Math.min(...drawn), Math.max(...drawn)]
    }
    expect(ends({ minimum: 3, maximum: 5 })).toEqual([3, 5])
    const [least, most] = ends({ minimum: 3 })
    expect(least).toBe(3)
    expect(most).toBeGreaterThan(500)
    expect(most).toBeLessThanOrEqual(1003)
    const [lowest, highest] = ends({ maximum: -3 })
    expect(lowest).toBeGreaterThanOrEqual(-1003)
    expect(lowest).toBeLessThan(-500)
    expect(highest).toBeLessThanOrEqual(-3)
    const [below, above] = ends({})
    expect([below! < -500, below! >= -1000, above! > 500, above! <= 1000]).toEqual([true, true, true, true])
    expect(ends({ minimum: -5000, maximum: 0 })[0]).toBeGreaterThanOrEqual(-5000)
    expect(ends({ maximum: 5 })[1]).toBeGreaterThan(-500)
    // As often as not one of the five lowest.
    const small = (sample({ tag: "integer", doc, minimum: 3 }) as readonly number[]).filter(
      (each) => each <= 7,
    )
    expect(small.length).toBeGreaterThan(150)
    expect(new Set(small)).toEqual(new Set([3, 4, 5, 6, 7]))
    expect(small.length).toBeLessThan(400)
  })

  it("draws the default of a number, and steps of three sizes from its only limit", () => {
    const drawn = sample({ tag: "number", doc, minimum: 2, default: 1e9 }) as readonly number[]
    expect(drawn).toContain(1e9)
    const steps = drawn.filter((each) => each !== 1e9).map((each) => each - 2)
    expect(steps.every((step) => step >= 0 && step <= 1000)).toBe(true)
    const counts = [0.001, 1, 1000].map((size) => steps.filter((step) => step <= size).length)
    expect(counts[0]).toBeGreaterThan(50)
    expect(counts[1]).toBeGreaterThan(counts[0]! + 50)
    expect(counts[2]).toBeGreaterThan(counts[1]! + 50)
    const down = sample({ tag: "number", doc, maximum: 2 }) as readonly number[]
    expect(down.every((each) => each <= 2 && each >= -998)).toBe(true)
    expect(Math.min(...down)).toBeLessThan(-400)
  })

  it("draws every word, both switches, every shape, and null where it may stand", () => {
    expect(new Set(sample({ tag: "boolean", doc }))).toEqual(new Set([true, false]))
    expect(new Set(sample({ tag: "enum", doc, values: ["a", "b", "c"] }))).toEqual(new Set(["a", "b", "c"]))
    const any: Description = {
      tag: "anyOf",
      doc,
      options: [
        { tag: "boolean", doc },
        { tag: "enum", doc, values: ["a"] },
      ],
    }
    expect(new Set(sample(any))).toEqual(new Set([true, false, "a"]))
    expect(new Set(sample({ ...any, default: null }))).toEqual(new Set([true, false, "a", null]))
    expect(new Set(sample({ ...any, default: "a" }))).toEqual(new Set([true, false, "a"]))
    const word = { regex: "^[a-c]{2}$", words: "two letters" }
    expect(sample({ tag: "text", doc, pattern: word }).every((each) => /^[a-c]{2}$/.test(String(each)))).toBe(
      true,
    )
    expect(sample({ tag: "text", doc }).some((each) => String(each).length > 3)).toBe(true)
  })

  it("keeps the lengths of lists and maps, and names no key that is reserved", () => {
    const lengths = (description: Description) => {
      const all = sample(description).map((each) => Object.keys(each as object).length)
      return [Math.min(...all), Math.max(...all)]
    }
    const item = { tag: "boolean", doc } as const
    expect(lengths({ tag: "list", doc, item, minItems: 2, maxItems: 3 })).toEqual([2, 3])
    expect(lengths({ tag: "list", doc, item })[0]).toBe(0)
    expect(lengths({ tag: "list", doc, item })[1]).toBeGreaterThan(3)
    expect(lengths({ tag: "map", doc, value: item, minEntries: 2 })[0]).toBe(2)
    expect(lengths({ tag: "map", doc, value: item })[0]).toBe(0)
    const keys = sample({ tag: "map", doc, value: item }).flatMap((each) => Object.keys(each as object))
    expect(keys.every((key) => /^[a-zA-Z][\w-]{0,9}$/.test(key))).toBe(true)
  })

  it("draws a record with each preset, and with none", () => {
    const record: Description = {
      tag: "record",
      doc,
      fields: { a: { tag: "boolean", doc } },
      presets: { p: { a: true }, q: {} },
    }
    const presets = sample(record).map((each) => (each as { readonly preset?: string }).preset)
    expect(new Set(presets)).toEqual(new Set([undefined, "p", "q"]))
  })

  it("ends what contains itself, where it must and where it may", () => {
    const depthOf = (value: unknown): number =>
      typeof value === "object" && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0
    const tree = (inner: (again: Description) => Description): Description => {
      const description: Description = inner({ tag: "lazy", doc, name: "tree", get: () => description })
      return description
    }
    // Three levels of objects; null takes the place of the third.
    for (const [description, deepest] of [
      [tree((item) => ({ tag: "list", doc, item })), 3],
      [tree((value) => ({ tag: "map", doc, value })), 3],
      [
        tree((item) => ({
          tag: "anyOf",
          doc,
          options: [{ tag: "list", doc, item, minItems: 1 }],
          default: null,
        })),
        2,
      ],
      [
        tree((again) => ({
          tag: "sum",
          doc,
          what: "tree",
          members: {
            leaf: { tag: "record", doc, fields: {} },
            node: { tag: "record", doc, fields: { left: again, right: again } },
          },
        })),
        3,
      ],
    ] as const) {
      const depths = sample(description).map(depthOf)
      expect(Math.max(...depths)).toBe(deepest)
      expect(Math.min(...depths)).toBeLessThan(2)
    }
  })
})
