import { describe, expect, it } from "vitest"
import { numbers, textTable, words } from "../../src/terminal/textTable.ts"

describe("textTable", () => {
  it("sets words to the left and numbers to the right, without spaces at the end", () => {
    expect(
      textTable(
        [words("method"), numbers("n"), numbers("mean"), words("note")],
        [
          ["agBce", "20", "0.9398", ""],
          ["adaptiveFocal", "9", "–", "best"],
        ],
      ),
    ).toBe(
      [
        "method          n    mean  note",
        "agBce          20  0.9398",
        "adaptiveFocal   9       –  best",
        "",
      ].join("\n"),
    )
  })

  it("has the headings alone where there are no rows", () => {
    expect(textTable([words("method"), numbers("n")], [])).toBe("method  n\n")
  })

  it("counts the places that characters take on a terminal", () => {
    const lines = textTable(
      [words("name"), words("|")],
      [
        ["前立腺", "|"],
        ["e\u0301", "|"], // an accent of its own
        ["한글", "|"],
        ["🧠", "|"],
        ["naïve", "|"],
      ],
    )
    expect(lines.trimEnd().split("\n")).toEqual([
      "name    |",
      "前立腺  |",
      "e\u0301       |",
      "한글    |",
      "🧠      |",
      "naïve   |",
    ])
  })

  it("lets no character move the cursor or reorder the line", () => {
    const text = textTable([words("a\u001b[2J")], [["b\nc\u202ed"]])
    expect(text).toBe("a␛[2J\nb c�d\n")
  })

  it("leaves empty what a row does not have", () => {
    const columns = [words("name"), numbers("n"), words("note")]
    expect(textTable(columns, [["a", "10", "x"], [], ["mean"], ["b", "2"]])).toBe(
      ["name   n  note", "a     10  x", "", "mean", "b      2", ""].join("\n"),
    )
  })
})
