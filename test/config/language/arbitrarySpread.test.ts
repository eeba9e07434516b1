import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { arbitraryOf } from "../../../src/config/language/arbitrary.ts"
import type { Description, RecordDescription } from "../../../src/config/language/description.ts"

const doc = "Something."
const runs = 4000
const sample = (description: Description, numRuns = runs): readonly unknown[] =>
  fc.sample(arbitraryOf(description), { numRuns, seed: 1 })
const numbers = (description: Description) => sample(description) as readonly number[]
const number: Description = { tag: "number", doc }

const record = (fields: RecordDescription["fields"]): RecordDescription => ({ tag: "record", doc, fields })

describe("how widely arbitraryOf spreads numbers", () => {
  it("steps by thousandths of 0.001, 1 and 1000 from zero or the only limit, to either end, each as often", () => {
    const sizes = [0.001, 1, 1000]
    for (const [limits, from, signs] of [
      [{}, 0, [1, -1]],
      [{ minimum: 4 }, 4, [1]],
      [{ exclusiveMinimum: 4 }, 4, [1]],
      [{ maximum: -4 }, -4, [-1]],
      [{ exclusiveMaximum: -4 }, -4, [-1]],
    ] as const) {
      const drawn = numbers({ ...number, ...limits })
      const isOpen = Object.keys(limits).some((limit) => limit.startsWith("exclusive"))
      expect(drawn.includes(from)).toBe(!isOpen)
      const spans = signs.flatMap((sign) => sizes.map((size) => sign * size))
      const steps = spans.map((span) =>
        Array.from({ length: isOpen ? 1000 : 1001 }, (_, i) => from + (span * (i + Number(isOpen))) / 1000),
      )
      const allowed = new Set(steps.flat())
      expect(drawn.filter((each) => !allowed.has(each))).toEqual([])
      for (const span of spans) {
        expect(drawn).toContain(from + span)
        // Beyond the next smaller size: most of the steps of this one.
        const beyond = drawn.filter(
          (each) => (each - from) / span <= 1 && (each - from) / span > 0.001,
        ).length
        expect(beyond).toBeGreaterThan((0.6 * runs) / spans.length)
        expect(beyond).toBeLessThan((1.1 * runs) / spans.length)
      }
    }
  })

  it("steps by thousandths of the way between two limits, from the one to the other", () => {
    const drawn = numbers({ ...number, minimum: 2, maximum: 6 })
    const allowed = new Set(Array.from({ length: 1001 }, (_, i) => 2 + (4 * i) / 1000))
    expect(drawn.filter((each) => !allowed.has(each))).toEqual([])
    expect([Math.min(...drawn), Math.max(...drawn)]).toEqual([2, 6])
    expect(new Set(drawn).size).toBeGreaterThan(500)
  })

  it("draws the default of a number as often as another number", () => {
    const defaults = numbers({ ...number, minimum: 0, maximum: 1, default: 0.12345 }).filter(
      (each) => each === 0.12345,
    )
    expect(defaults.length / runs).toBeGreaterThan(0.4)
    expect(defaults.length / runs).toBeLessThan(0.6)
  })

  it("reaches both ends of an integer, a thousand beyond zero or the only limit where there is none", () => {
    for (const [limits, ends] of [
      [{}, [-1000, 1000]],
      [{ minimum: 3 }, [3, 1003]],
      [{ minimum: -3 }, [-3, 1000]],
      [{ maximum: 3 }, [-1000, 3]],
      [{ maximum: -3 }, [-1003, -3]],
      [{ minimum: -5000, maximum: 5000 }, [-5000, 5000]],
    ] as const) {
      const drawn = numbers({ tag: "integer", doc, ...limits })
      expect([Math.min(...drawn), Math.max(...drawn)]).toEqual(ends)
      expect(new Set(drawn).size).toBeGreaterThan(500)
    }
  })

  it("draws each of the five lowest integers more often than any above, the highest excepted", () => {
    const drawn = numbers({ tag: "integer", doc, minimum: 3, maximum: 10_000 })
    const shareOf = (value: number) => drawn.filter((each) => each === value).length / runs
    for (const low of [3, 4, 5, 6, 7]) expect(shareOf(low)).toBeGreaterThan(0.07)
    for (const high of [8, 9, 10, 11]) expect(shareOf(high)).toBeLessThan(0.05)
  })
})

describe("what arbitraryOf draws", () => {
  it("reads the pattern of a text as Unicode, as the codec does", () => {
    const pattern = { regex: "^\\u{1F600}[a-b]$", words: "a face and a letter" }
    expect(new Set(sample({ tag: "text", doc, pattern }))).toEqual(new Set(["\u{1F600}a", "\u{1F600}b"]))
  })

  it("is plain objects, as YAML gives them", () => {
    const isPlain = (each: unknown) => Object.getPrototypeOf(each) === Object.prototype
    expect(sample(record({ a: number })).every(isPlain)).toBe(true)
    expect(sample({ tag: "map", doc, value: number }).every(isPlain)).toBe(true)
    expect(sample({ tag: "sum", doc, what: "part", members: { a: record({}) } }).every(isPlain)).toBe(true)
  })

  it("is canonical: a kind, then a preset, then the fields in their order", () => {
    const member = { ...record({ z: number, a: number }), presets: { p: {} } }
    const keys = sample({ tag: "sum", doc, what: "part", members: { m: member } }).map((each) =>
      Object.keys(each as object).join(" "),
    )
    expect(new Set(keys)).toEqual(new Set(["kind z a", "kind preset z a"]))
  })
})

describe("what contains itself", () => {
  const again: Description = { tag: "lazy", doc, name: "tree", get: () => tree }
  /** Whether each of their values holds another tree. */
  const may: Readonly<Record<string, Description>> = {
    number,
    someNumbers: { tag: "list", doc, item: number, minItems: 1 },
    namedNumbers: { tag: "map", doc, value: number, minEntries: 1 },
    anyTrees: { tag: "list", doc, item: again },
    namedTrees: { tag: "map", doc, value: again },
    numberOrTree: { tag: "anyOf", doc, options: [number, again] },
    nullOrTree: { tag: "anyOf", doc, options: [again], default: null },
    part: {
      tag: "sum",
      doc,
      what: "part",
      members: { flat: record({ a: number }), deep: record({ a: again }) },
    },
    words: { tag: "enum", doc, values: ["a"] },
    leaf: record({
      text: { tag: "text", doc },
      flag: { tag: "boolean", doc },
      count: { tag: "integer", doc },
    }),
  }
  const must: Readonly<Record<string, Description>> = {
    tree: again,
    someTrees: { tag: "list", doc, item: again, minItems: 1, maxItems: 1 },
    namedTree: { tag: "map", doc, value: again, minEntries: 1 },
    branch: record({ weight: number, tree: again }),
    eitherBranch: {
      tag: "sum",
      doc,
      what: "part",
      members: { left: record({ a: again }), right: record({ b: again }) },
    },
    treeOrTrees: { tag: "anyOf", doc, options: [again, { tag: "list", doc, item: again, minItems: 1 }] },
  }
  const kinds = Object.entries({ ...may, ...must }).map(([kind, value]) => [kind, record({ value })])
  const tree: Description = {
    tag: "sum",
    doc,
    what: "tree",
    members: Object.fromEntries(kinds) as Readonly<Record<string, RecordDescription>>,
  }
  const known = new Set([...Object.keys(may), ...Object.keys(must)])

  /** Each tree within a value, by how many trees it is in. */
  const treesIn = (value: unknown, depth = 0): readonly (readonly [number, string, unknown])[] => {
    if (typeof value !== "object" || value === null) return []
    const kind = "kind" in value ? String(value.kind) : ""
    const inside = Object.values(value).flatMap((each) => treesIn(each, depth + Number(known.has(kind))))
    return known.has(kind) ? [[depth, kind, "value" in value ? value.value : null], ...inside] : inside
  }

  it("is drawn three deep, the deepest of every kind that need not go on and of no other", () => {
    const trees = sample(tree, 1200).flatMap((each) => treesIn(each))
    const kindsAt = (depth: number) => new Set(trees.flatMap(([at, kind]) => (at === depth ? [kind] : [])))
    expect([0, 1, 2, 3].map(kindsAt)).toEqual([known, known, new Set(Object.keys(may)), new Set()])
  })

  it("ends in lists and maps that are empty only where they would hold another tree", () => {
    const deepest = sample(tree, 1200)
      .flatMap((each) => treesIn(each))
      .filter(([depth]) => depth === 2)
    const mostIn = (kind: string) =>
      Math.max(
        ...deepest.flatMap(([, each, value]) => (each === kind ? [Object.keys(value as object).length] : [])),
      )
    expect(["anyTrees", "namedTrees"].map(mostIn)).toEqual([0, 0])
    expect(mostIn("someNumbers")).toBeGreaterThan(3)
    expect(mostIn("namedNumbers")).toBeGreaterThan(3)
  })
})
