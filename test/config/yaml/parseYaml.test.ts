import { describe, expect, it } from "vitest"
import { parseYaml } from "../../../src/config/yaml/parseYaml.ts"
import { problemAt } from "../../../src/config/yaml/problemAt.ts"
import { toPlain } from "../../../src/config/yaml/toPlain.ts"
import { valueAt } from "../../../src/config/yaml/valueAt.ts"
import { accepted, refusal } from "../outcome.ts"

const parse = (text: string, start?: number) =>
  parseYaml({ file: "a.yaml", setBy: "b.yaml", text, ...(start === undefined ? {} : { start }) })

describe("parseYaml", () => {
  it("reads from a place in the first line on, and counts columns from its beginning", () => {
    const text = "--set a.b=[1, x]"
    const located = accepted(parse(text, 10))
    expect(toPlain(located)).toEqual([1, "x"])
    expect(located.at).toEqual({ file: "a.yaml", setBy: "b.yaml", line: 1, column: 11, endColumn: 17 })
    expect(valueAt(located, ["1"])?.at).toMatchObject({ column: 15, endColumn: 16 })
  })

  it("tells a file without a value from a setting without one", () => {
    expect(refusal(parse(""))).toBe(
      "a.yaml  the file is empty\n  fix: write YAML into it, or name another file",
    )
    expect(refusal(parse("--set a=", 8))).toContain("there is no value")
    expect(refusal(parse("--set a= # note", 8))).toContain("there is no value")
    expect(toPlain(accepted(parse("--set a=~", 8)))).toBeNull()
    expect(toPlain(accepted(parse("--set a=''", 8)))).toBe("")
  })

  it("finds the value of a key that has none at the key", () => {
    const located = accepted(parse("{ a, b: 1 }"))
    expect(valueAt(located, ["a"])?.at).toMatchObject({ line: 1, column: 3, endColumn: 4 })
    const block = accepted(parse("a:\nb: 1\n"))
    expect(toPlain(block)).toEqual({ a: null, b: 1 })
    // Behind the colon, and nothing wide.
    expect(valueAt(block, ["a"])?.at).toMatchObject({ line: 1, column: 3, endColumn: 3 })
    expect(toPlain(accepted(parse("{ a, b: 1 }")))).toEqual({ a: null, b: 1 })
  })

  it("takes the words of keys as they are written", () => {
    expect(toPlain(accepted(parse("1.50: a\n0x10: b\ntrue: c\n'': d\n")))).toEqual({
      ...{ "1.50": "a", "0x10": "b", true: "c", "": "d" },
    })
  })

  it("says how what it refuses is written", () => {
    for (const [text, problem, fix] of [
      ["? [a]\n: 1\n", "this key is not a word", "write a word, or a text in quotes"],
      ["<<: { a: 1 }\n", "the merge key `<<` is not supported", "share values through `extends`"],
      ["prototype: 1\n", "`prototype` cannot be a key", "choose another word"],
      ["a: !!str 1\n", "the tag `!!str` is not supported", "leave it out; a value in quotes is a text"],
      ["a: *b\n", "the alias `*b` is not supported", "write the value out, or share it through `extends`"],
    ] as const) {
      expect(refusal(parse(text))).toContain(problem)
      expect(refusal(parse(text))).toContain(`fix: ${fix}`)
    }
  })

  it("ends a place where its line ends", () => {
    const located = accepted(parse("a: >-\n  x\n  y\nb: [1,\n  2]\nlast: 'z'"))
    expect(valueAt(located, ["b"])?.at).toMatchObject({ line: 4, column: 4, endColumn: 7 })
    expect(valueAt(located, ["last"])?.at).toMatchObject({ line: 6, column: 7, endColumn: 10 })
  })

  it("reports the first problem of each line, twenty at most", () => {
    expect(refusal(parse("a: *x\nb: [*x, *y]\nc: *z\n")).match(/the alias/g)).toHaveLength(3)
    const many = (count: number) => refusal(parse("- *x\n".repeat(count)))
    expect(many(20)).toContain("20 problems")
    expect(many(21)).toContain("20 problems")
    expect(many(19)).toContain("19 problems")
  })

  it("takes the directive of its own version", () => {
    expect(toPlain(accepted(parse("%YAML 1.2\n---\na: yes\n")))).toEqual({ a: "yes" })
    expect(refusal(parse("%YAML 1.1\n---\na: yes\n"))).toContain(
      "1:1  the directive `%YAML 1.1` is not supported",
    )
  })

  it("takes a tab and line ends within a text, and no other control character", () => {
    expect(toPlain(accepted(parse('a: "x\ty"\r\nb: 1\r\n')))).toEqual({ a: "x\ty", b: 1 })
    for (const [character, name] of [
      ["\x08", "U+0008"],
      ["\x0b", "U+000B"],
      ["\x0c", "U+000C"],
      ["\x0e", "U+000E"],
      ["\x1f", "U+001F"],
      ["\x7f", "U+007F"],
    ])
      expect(refusal(parse(`a: x${character}\n`))).toContain(`1:5  there is a control character, ${name}`)
    expect(refusal(parse("a: x\x7f\n"))).toContain('write it as an escape in double quotes ("\\x7f")')
    expect(refusal(parse("a: x\x0b\n"))).toContain('write it as an escape in double quotes ("\\x0b")')
  })
})

describe("problemAt", () => {
  const at = { file: "a.yaml", setBy: "b.yaml", line: 2, column: 4, endColumn: 5 }
  const problem = { message: "wrong", path: "b" }

  it("adds where something was written, who set it, and the lines", () => {
    expect(problemAt(at, new Map([["a.yaml", "a: 1\nb: 2\n"]]), problem)).toEqual({
      ...problem,
      ...{ file: "a.yaml", line: 2, column: 4, setBy: "b.yaml" },
      snippet: "  1 | a: 1\n  2 | b: 2\n    |    ^",
    })
  })

  it("shows no lines of a text that is not there", () => {
    expect(problemAt(at, new Map([["b.yaml", "a: 1\n"]]), problem)).toEqual({
      ...problem,
      ...{ file: "a.yaml", line: 2, column: 4, setBy: "b.yaml" },
    })
  })
})

describe("valueAt", () => {
  const located = accepted(parse("a: [1, { b: 2 }]\nc: ~\n"))

  it("follows keys and numbers of items, and ends where nothing is", () => {
    const plain = (...path: string[]) => {
      const found = valueAt(located, path)
      return found === undefined ? "nothing" : toPlain(found)
    }
    expect(plain()).toEqual({ a: [1, { b: 2 }], c: null })
    expect(plain("a", "1", "b")).toBe(2)
    expect(plain("c")).toBeNull()
    for (const path of [["b"], ["a", "2"], ["a", "x"], ["a", "0", "b"], ["c", "d"], ["toString"]])
      expect(plain(...path)).toBe("nothing")
  })
})
