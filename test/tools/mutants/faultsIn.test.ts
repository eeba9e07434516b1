import { describe, expect, it } from "vitest"
import { changeOf, planted } from "../../../tools/mutants/fault.ts"
import { faultsIn } from "../../../tools/mutants/faultsIn.ts"

/** The texts that a piece of code turns into. */
const wrongs = (text: string): readonly string[] =>
  faultsIn("src/a.ts", text).map((fault) => planted(text, fault))

describe("faultsIn", () => {
  it.each([
    ["bounds and their negation", "x = a < b", ["x = a <= b", "x = a >= b"]],
    ["both sides of a condition", "x = a && b", ["x = a", "x = b"]],
    ["a default", "x = a ?? b", ["x = a", "x = b"]],
    ["a sign", "x = a - b", ["x = a + b"]],
    ["a negation", "x = !a", ["x = a"]],
    ["a word that waits", "x = await a", ["x = a"]],
    ["both ends of a choice", "x = a ? b : c", ["x = b", "x = c"]],
    ["numbers by one", "x = 4", ["x = 5", "x = 3"]],
    ["numbers that are not whole by half", "x = 0.5", ["x = 1"]],
    ["truth values", "x = true", ["x = false"]],
    ["words without spaces", 'x = "dice"', ['x = ""']],
    ["the way of rounding", "x = Math.floor(a)", ["x = Math.ceil(a)"]],
    ["operations on tensors", "x = tf.add(a, b)", ["x = tf.sub(a, b)", "x = tf.add(a)"]],
    ["what a method leaves out", "x = a.filter(b)", ["x = a"]],
    ["the order of arguments, and the last one", "f(a, b)", ["f(b, a)", "f(a)"]],
    ["no order that decides nothing", "x = Math.hypot(a, b)", ["x = Math.hypot(a)"]],
    ["each field", "x = { a, ...b }", ["x = { ...b }", "x = { a }"]],
    ["each element", "x = [a, b]", ["x = [b]", "x = [a]"]],
    ["a call that is a statement of a block", "{ f() }", ["{  }"]],
  ])("changes %s", (_, text, expected) => {
    expect(wrongs(text)).toEqual(expected)
  })

  it("takes a condition for true and for false", () => {
    expect(wrongs("if (a) b()")).toEqual(["if (true) b()", "if (false) b()"])
  })

  it("leaves alone what no run of the program sees", () => {
    const types =
      'import { a } from "./a.ts"\ninterface A { b: 1 }\ntype B = "c" | 2\nexport { a as d } from "./d.ts"\n'
    expect(wrongs(types)).toEqual([])
    expect(wrongs("const a = b as 1")).toEqual([])
  })

  it("leaves alone sentences, joined texts, and a loop's step, which would only make it endless", () => {
    expect(wrongs('x = "two words"')).toEqual([])
    expect(wrongs('x = "a " + b')).toEqual([])
    expect(wrongs("for (;; i += a) {}")).toEqual([])
  })

  it("names the line, the piece and its place", () => {
    expect(faultsIn("src/a.ts", "\nx = a !== b")).toEqual([
      { file: "src/a.ts", line: 2, start: 5, end: 12, right: "a !== b", wrong: "a === b" },
    ])
  })
})

describe("planted", () => {
  it("refuses a text that has changed since", () => {
    const [fault] = faultsIn("src/a.ts", "x = a < b")
    expect(() => planted("xx = a < b", fault!)).toThrow("src/a.ts is not the text")
  })
})

describe("changeOf", () => {
  it("tells a change on one line, and a piece that goes", () => {
    expect(changeOf({ right: "f(\n  a,\n)", wrong: "f()" })).toBe("f( a, ) -> f()")
    expect(changeOf({ right: "f()", wrong: "" })).toBe("f() -> (nothing)")
  })
})
