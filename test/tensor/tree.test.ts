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

  it("are combined leaf by leaf, and name the leaf that one of them lacks", () => {
    expect(zipTrees(tree, tree, (a, b) => a + b)).toEqual({
      encoder: { "0": { kernel: 2, bias: 4 } },
      head: 6,
    })
    expect(() => zipTrees(tree, { head: 1 }, (a) => a)).toThrow('no leaf "encoder/0/kernel"')
  })
})
