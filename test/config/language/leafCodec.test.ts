import { either as E } from "fp-ts"
import { describe, expect, it } from "vitest"
import { issueOf } from "../../../src/config/language/issue.ts"
import { leafCodec } from "../../../src/config/language/leafCodec.ts"

const doc = "Something."
type Leaf = Parameters<typeof leafCodec>[0]

/** What is wrong with a value; null when nothing is. */
const fault = (description: Leaf, value: unknown) => {
  const result = leafCodec(description).decode(value)
  return E.isLeft(result) ? issueOf(result.left[0]!).message : null
}

describe("the codec of a number", () => {
  it.each<[Leaf, readonly unknown[], readonly unknown[]]>([
    [{ tag: "number", doc, minimum: 1, maximum: 2 }, [1, 1.5, 2], [0.999, 2.001]],
    [{ tag: "number", doc, exclusiveMinimum: 1, exclusiveMaximum: 2 }, [1.001, 1.999], [1, 2]],
    [{ tag: "number", doc, minimum: 1 }, [1, 1e300], [0]],
    [{ tag: "number", doc, maximum: 1 }, [1, -1e300], [2]],
    [{ tag: "number", doc, exclusiveMinimum: 0 }, [5e-324], [0, -1]],
    [{ tag: "number", doc, exclusiveMaximum: 0 }, [-5e-324], [0, 1]],
    [{ tag: "integer", doc, minimum: -1, maximum: 3 }, [-1, 0, 3], [-2, 4]],
  ])("%j takes %j and not %j", (description, right, wrong) => {
    for (const value of right) expect(fault(description, value)).toBeNull()
    for (const value of wrong) expect(fault(description, value)).toBe("out of range")
  })

  it("takes numbers that are finite, and integers that are exact", () => {
    for (const tag of ["number", "integer"] as const) {
      for (const value of [NaN, Infinity, -Infinity])
        expect(fault({ tag, doc }, value)).toBe("not a finite number")
      for (const value of ["1", true, null, undefined, [1]])
        expect(fault({ tag, doc }, value)).toBe("wrong type")
    }
    expect(fault({ tag: "integer", doc }, 2 ** 53 - 1)).toBeNull()
    for (const value of [0.5, 2 ** 53]) expect(fault({ tag: "integer", doc }, value)).toBe("not an integer")
  })
})

describe("the codec of a text, a choice and a switch", () => {
  it("takes texts of the pattern", () => {
    const word: Leaf = { tag: "text", doc, pattern: { regex: "^[a-z]{2}$", words: "two letters" } }
    expect(["ab", "abc", "a", "AB", "é"].map((value) => fault(word, value))).toEqual([
      ...[null, "malformed", "malformed", "malformed", "malformed"],
    ])
    expect(
      fault({ tag: "text", doc, pattern: { regex: "^.$", words: "one character" } }, "\u{1F600}"),
    ).toBeNull()
    expect(["", "a\nb"].map((value) => fault({ tag: "text", doc }, value))).toEqual([null, null])
    expect(fault({ tag: "text", doc }, 3)).toBe("wrong type")
  })

  it("takes one of the words", () => {
    const choice: Leaf = { tag: "enum", doc, values: ["last", "3"] }
    expect(["last", "3", "first", "", 3, null].map((value) => fault(choice, value))).toEqual([
      ...[null, null, "not one of the choices", "not one of the choices", "wrong type", "wrong type"],
    ])
  })

  it("takes true and false", () => {
    const values = [true, false, "true", 1, null]
    expect(values.map((value) => fault({ tag: "boolean", doc }, value))).toEqual([
      ...[null, null, "wrong type", "wrong type", "wrong type"],
    ])
  })

  it("says what was expected and found, and how to mend it", () => {
    const result = leafCodec({ tag: "enum", doc, values: ["last", "best"] }).decode("bets")
    expect(E.isLeft(result) && issueOf(result.left[0]!)).toEqual({
      message: "not one of the choices",
      at: "value",
      expected: "one of `last`, `best`",
      found: '"bets"',
      suggestion: "best",
      fix: undefined,
    })
    const text = leafCodec({ tag: "text", doc }).decode(3)
    expect(E.isLeft(text) && issueOf(text.left[0]!)).toMatchObject({
      suggestion: undefined,
      fix: 'write it in quotes: "3"',
    })
  })
})
