import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { fromLeaves, leaves, mapTree, zipTrees } from "../../src/tensor/tree.ts"

const tree = { encoder: { "0": { kernel: 1, bias: 2 } }, head: 3 }

describe("trees", () => {
  it("list their leaves by path", () => {
    expect(leaves(tree)).toEqual([
      ["encoder/0/kernel", 1],
      ["encoder/0/bias", 2],
      ["head", 3],
    ])
  })

  it("are rebuilt from their leaves", () => {
    expect(fromLeaves(leaves(tree))).toEqual(tree)
  })

  it("are mapped leaf by leaf", () => {
    expect(mapTree(tree, (x, path) => `${path}=${x}`).head).toBe("head=3")
  })

  it("have for leaves whatever is no plain record", () => {
    const leafy = {
      list: [1],
      none: null,
      missing: undefined,
      date: new Date(0),
      bare: Object.create(null) as object,
    }
    expect(leaves<unknown>(leafy as never)).toEqual(Object.entries(leafy))
  })

  test.prop([fc.uniqueArray(fc.array(fc.constantFrom("a", "b", "0"), { minLength: 1, maxLength: 4 }))])(
    "come back from their leaves, whatever their shape",
    (names) => {
      // Paths that do not end where another goes on.
      const paths = names.map((path) => [...path, "leaf"].join("/"))
      const entries = [...new Set(paths)].map((path, i) => [path, i] as const)
      const built = fromLeaves(entries)
      expect(new Map(leaves(built))).toEqual(new Map(entries))
      expect(fromLeaves(leaves(built))).toEqual(built)
      expect(mapTree(built, (leaf) => leaf)).toEqual(built)
    },
  )

  it("keep no branches without leaves", () => {
    expect(fromLeaves(leaves({ empty: {}, full: { a: 1 } }))).toEqual({ full: { a: 1 } })
  })

  it("are combined at the same paths, in whatever order", () => {
    const other = { head: 30, encoder: { "0": { bias: 20, kernel: 10 } } }
    const told: string[] = []
    zipTrees(tree, other, (a, b, path) => told.push(`${path}: ${a} ${b}`))
    expect(told).toEqual(["encoder/0/kernel: 1 10", "encoder/0/bias: 2 20", "head: 3 30"])
  })

  it("are combined leaf by leaf, and name the leaf that one of them lacks", () => {
    expect(zipTrees(tree, tree, (a, b) => a + b)).toEqual({
      encoder: { "0": { kernel: 2, bias: 4 } },
      head: 6,
    })
    expect(() => zipTrees(tree, { head: 1 }, (a) => a)).toThrow('no leaf "encoder/0/kernel"')
  })
})
