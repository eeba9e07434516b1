import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { printable } from "../../src/failure/printable.ts"

describe("printable", () => {
  it.each([
    ["\0", "␀"],
    ["\u0007", "␇"],
    ["\r", "␍"],
    ["\u001b", "␛"],
    ["\u001f", "␟"],
    ["\n", " "],
    ["\t", " "],
    ["\u007f", "\ufffd"],
    ["\u009b", "\ufffd"],
    ["\u202e", "\ufffd"],
    ["\u200b", "\ufffd"],
    ["\u2028", "\ufffd"],
    ["\u2029", "\ufffd"],
    ["\ud800", "\ufffd"],
    ["\u{e0001}", "\ufffd"],
  ])("shows %j as %j", (character, shown) => {
    expect(printable(`a${character}b${character}`)).toBe(`a${shown}b${shown}`)
  })

  it("leaves letters of every writing, and what stands on them, as they are", () => {
    const text = "Größe 前立腺 e\u0301 🧠 – “x” <b>&amp;</b> \\n"
    expect(printable(text)).toBe(text)
  })

  test.prop([fc.string({ unit: "binary" })])(
    "gives a line that cannot move the cursor, whatever is in the text",
    (text) => {
      expect(printable(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
      expect([...printable(text)]).toHaveLength([...text].length)
      expect(printable(printable(text))).toBe(printable(text))
    },
  )
})
