import { describe, expect, it } from "vitest"
import { snippetAt } from "../../../src/config/yaml/snippet.ts"

const origin = (line: number, column: number, endColumn: number) => ({
  file: "a.yaml",
  line,
  column,
  endColumn,
  setBy: "a.yaml",
})

describe("snippetAt", () => {
  const text = "train:\n  loss:\n    gama: 2.0\n"

  it("shows the line before, the line, and carets under the place", () => {
    expect(snippetAt(text, origin(3, 5, 9))).toBe(
      ["  2 |   loss:", "  3 |     gama: 2.0", "    |     ^^^^"].join("\n"),
    )
  })

  it("shows one line when there is none before", () => {
    expect(snippetAt(text, origin(1, 1, 6))).toBe(["  1 | train:", "    | ^^^^^"].join("\n"))
  })

  it("shows one caret for an empty place, also behind the last line", () => {
    expect(snippetAt("a:\n", origin(2, 1, 1))).toBe(["  1 | a:", "  2 |", "    | ^"].join("\n"))
  })

  it("aligns the line numbers 9 and 10", () => {
    expect(snippetAt(`${"\n".repeat(8)}a: 1\nb: 2`, origin(10, 4, 5))).toBe(
      ["   9 | a: 1", "  10 | b: 2", "     |    ^"].join("\n"),
    )
  })

  it("keeps a character per place, whatever could move the cursor", () => {
    expect(snippetAt("a:\t\u001b[31m\u202Ered", origin(1, 4, 5))).toBe(
      ["  1 | a: �[31m�red", "    |    ^"].join("\n"),
    )
  })

  it("cuts a long line around the caret", () => {
    const [line, carets] = snippetAt(`${"a".repeat(500)}Z${"b".repeat(500)}`, origin(1, 501, 502)).split("\n")
    expect(line).toBe(`  1 | ${"a".repeat(75)}Z${"b".repeat(24)}`)
    expect(carets).toBe(`    | ${" ".repeat(75)}^`)
  })

  it("reads lines ended as on Windows", () => {
    expect(snippetAt("a: 1\r\nb: 2\r\n", origin(2, 4, 5))).toBe(
      ["  1 | a: 1", "  2 | b: 2", "    |    ^"].join("\n"),
    )
  })
})
