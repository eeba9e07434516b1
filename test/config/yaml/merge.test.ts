import { describe, expect, it } from "vitest"
import { merge } from "../../../src/config/yaml/merge.ts"
import { toPlain } from "../../../src/config/yaml/toPlain.ts"
import { locatedYaml } from "../locatedYaml.ts"

const merged = (below: string, above: string) => toPlain(merge(locatedYaml(below), locatedYaml(above)))

describe("merge", () => {
  it.each<[below: string, above: string, merged: unknown]>([
    ["{ a: 1, b: 2 }", "{ b: 3, c: 4 }", { a: 1, b: 3, c: 4 }],
    ["{ a: { b: 1, c: { d: 2 } } }", "{ a: { c: { e: 3 } } }", { a: { b: 1, c: { d: 2, e: 3 } } }],
    ["{ a: [1, 2] }", "{ a: [3] }", { a: [3] }],
    ["{ a: { b: 1 } }", "{ a: 3 }", { a: 3 }],
    ["{ a: 3 }", "{ a: { b: 1 } }", { a: { b: 1 } }],
    ["{ a: { b: 1 } }", "{ a: ~ }", { a: null }],
    ["1", "2", 2],
    // A kind decides what the rest means.
    ["{ kind: x, p: 1 }", "{ kind: y, q: 2 }", { kind: "y", q: 2 }],
    ["{ kind: x, p: 1 }", "{ kind: x, q: 2 }", { kind: "x", p: 1, q: 2 }],
    ["{ kind: x, p: 1 }", "{ q: 2 }", { kind: "x", p: 1, q: 2 }],
    ["{ p: 1 }", "{ kind: y, q: 2 }", { p: 1, kind: "y", q: 2 }],
    ["{ kind: [x], p: 1 }", "{ kind: y }", { kind: "y", p: 1 }],
    ["{ a: { kind: x, p: 1 }, b: 1 }", "{ a: { kind: y } }", { a: { kind: "y" }, b: 1 }],
  ])("of %s and above it %s is right", (below, above, expected) => {
    expect(merged(below, above)).toEqual(expected)
  })

  it("keeps the keys in the order of the lower layer, and where everything was written", () => {
    const below = locatedYaml("{ a: 1, b: 2 }", "below.yaml")
    const above = locatedYaml("{ c: 3, b: 4 }", "above.yaml")
    const both = merge(below, above)
    if (both.tag !== "map") throw new Error("a map")
    expect(both.at).toEqual(above.at)
    expect([...both.entries].map(([name, { key, value }]) => [name, key.file, value.at.file])).toEqual([
      ["a", "below.yaml", "below.yaml"],
      ["b", "above.yaml", "above.yaml"],
      ["c", "above.yaml", "above.yaml"],
    ])
    expect(toPlain(below)).toEqual({ a: 1, b: 2 })
  })
})
