import { either as E } from "fp-ts"
import { describe, expect, it } from "vitest"
import type { Origin } from "../../../src/config/yaml/located.ts"
import { put, stepsOf } from "../../../src/config/yaml/put.ts"
import { toPlain } from "../../../src/config/yaml/toPlain.ts"
import { valueAt } from "../../../src/config/yaml/valueAt.ts"
import { locatedYaml } from "../locatedYaml.ts"

const origin = (column: number, endColumn: number): Origin => ({
  ...{ file: "--set", setBy: "--set", line: 1, column, endColumn },
})

const putIn = (tree: string, path: string, value: string) =>
  put(locatedYaml(tree), stepsOf(path, origin(7, 7 + path.length)), locatedYaml(value, "--set"))

const laid = (...of: Parameters<typeof putIn>) => {
  const result = putIn(...of)
  if (E.isLeft(result)) throw new Error(result.left.problem.message)
  return toPlain(result.right)
}

const obstacle = (...of: Parameters<typeof putIn>) => {
  const result = putIn(...of)
  if (E.isRight(result)) throw new Error(JSON.stringify(toPlain(result.right)))
  return result.left
}

describe("stepsOf", () => {
  it("knows the column of every word", () => {
    expect(stepsOf("train.loss.0", origin(7, 19))).toEqual([
      { name: "train", at: origin(7, 12) },
      { name: "loss", at: origin(13, 17) },
      { name: "0", at: origin(18, 19) },
    ])
  })

  it("knows only the whole place of a path in quotes, whose columns cannot be counted", () => {
    expect(stepsOf("a.b", origin(7, 12))).toEqual([
      { name: "a", at: origin(7, 12) },
      { name: "b", at: origin(7, 12) },
    ])
  })
})

describe("put", () => {
  it("lays a value over what stands at the path, and leaves the rest", () => {
    expect(laid("{ a: { b: 1, c: 2 }, d: 3 }", "a.b", "9")).toEqual({ a: { b: 9, c: 2 }, d: 3 })
    expect(laid("{ a: { kind: x, p: 1 } }", "a", "{ q: 2 }")).toEqual({ a: { kind: "x", p: 1, q: 2 } })
    expect(laid("{ a: { kind: x, p: 1 } }", "a", "{ kind: y }")).toEqual({ a: { kind: "y" } })
    expect(laid("{ a: [1, 2, 3] }", "a.1", "9")).toEqual({ a: [1, 9, 3] })
    expect(laid("[{ a: 1 }, { a: 2 }]", "1.a", "9")).toEqual([{ a: 1 }, { a: 9 }])
    expect(laid("{ a: [1] }", "a", "[2, 3]")).toEqual({ a: [2, 3] })
  })

  it("makes the keys that are not there, in place of nothing too", () => {
    expect(laid("{ a: 1 }", "b.c.d", "x")).toEqual({ a: 1, b: { c: { d: "x" } } })
    expect(laid("{ a: ~ }", "a.b", "x")).toEqual({ a: { b: "x" } })
    expect(laid("~", "a", "x")).toEqual({ a: "x" })
  })

  it("leaves the tree that it was given as it was", () => {
    const tree = locatedYaml("{ a: [1, { b: 2 }] }")
    put(tree, stepsOf("a.1.b", origin(1, 6)), locatedYaml("9"))
    expect(toPlain(tree)).toEqual({ a: [1, { b: 2 }] })
  })

  it("knows where keys and values were written: the last key by the path, those above by themselves", () => {
    const tree = locatedYaml("{ a: { b: 1 } }")
    const result = put(tree, stepsOf("a.b", origin(7, 10)), locatedYaml("9", "--set"))
    if (E.isLeft(result) || result.right.tag !== "map" || tree.tag !== "map") throw new Error("a map")
    expect(result.right.at).toEqual(tree.at)
    expect(result.right.entries.get("a")!.key).toEqual(tree.entries.get("a")!.key)
    const inner = valueAt(result.right, ["a"])
    expect(inner?.tag === "map" && inner.entries.get("b")!.key).toEqual(origin(9, 10))
    expect(valueAt(result.right, ["a", "b"])!.at.file).toBe("--set")
  })

  it("tells the word that leads nowhere", () => {
    expect(obstacle("{ a: { b: 1 } }", "a.b.c.d", "9")).toEqual({
      at: origin(11, 12),
      problem: {
        message: "there is no `c` within a single value",
        found: "the value 1",
        fix: "end the path before this word",
      },
    })
    expect(obstacle("{ a: false }", "a.b", "9").problem.found).toBe("the value false")
    for (const [list, word, expected] of [
      ["[]", "0", "no item: the list is empty"],
      ["[1]", "1", "`0`, the only item"],
      ["[1, 2]", "2", "an item from 0 to 1"],
      ["[1, 2, 3]", "-1", "an item from 0 to 2"],
      ["[1, 2, 3]", "1x", "an item from 0 to 2"],
      ["[1, 2, 3]", "x1", "an item from 0 to 2"],
    ] as const)
      expect(obstacle(list, word, "9")).toEqual({
        at: origin(7, 7 + word.length),
        problem: { message: `the list has no item \`${word}\``, expected },
      })
  })
})
