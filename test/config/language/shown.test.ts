import { describe, expect, it } from "vitest"
import { choices, shown, shownPath } from "../../../src/config/language/shown.ts"

describe("shown", () => {
  it.each([
    [undefined, "nothing"],
    [null, "nothing"],
    [0.5, "0.5"],
    [Infinity, "Infinity"],
    [true, "true"],
    ["yes", '"yes"'],
    [["a", 1], '["a",1]'],
    [{ kind: "flip" }, '{"kind":"flip"}'],
    ["line\nbreak \u001b[31m", '"line\\nbreak \\u001b[31m"'],
    [
      "right to left \u202E, delete \u007F, tag \u{E0001}",
      '"right to left \\u{202e}, delete \\u{7f}, tag \\u{e0001}"',
    ],
  ])("prints %j as %s", (value, text) => {
    expect(shown(value)).toBe(text)
  })

  it("is at most 60 characters long", () => {
    expect(shown("x".repeat(1000))).toBe(`"${"x".repeat(58)}…`)
  })
})

describe("shownPath", () => {
  it("joins keys by dots and quotes those that are not plain names", () => {
    expect(shownPath(["augment", "0", "axis"])).toBe("augment.0.axis")
    expect(shownPath(["values", "a b\u001b"])).toBe('values."a b\\u001b"')
    expect(shownPath([])).toBe("")
  })
})

describe("choices", () => {
  it("names one word, or one of several", () => {
    expect(choices(["a"])).toBe("`a`")
    expect(choices(["a", "b"])).toBe("one of `a`, `b`")
  })
})
