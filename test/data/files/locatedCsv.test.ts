import { truncateSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { locatedCsv } from "../../../src/data/files/locatedCsv.ts"
import { useFolder } from "../../support/folder.ts"
import { refusal } from "../support/refusal.ts"

const write = useFolder()

/** Line, then text@column of each field. */
const read = async (text: string) =>
  (await locatedCsv(write("a.csv", text))).map(({ line, fields }) => [
    line,
    ...fields.map((field) => `${field.text}@${field.column}`),
  ])
const problemsOf = async (file: string) => {
  const { kind, problems } = await refusal(locatedCsv(file))
  expect(kind).toBe("config")
  return problems
}

describe("locatedCsv", () => {
  it("gives every row that is not empty with its line, and every field with its column", async () => {
    expect(await read("ab,c\n\n d , e\nf\ng,h,i,\n")).toEqual([
      [1, "ab@1", "c@4"],
      [3, "d@1", "e@5"],
      [4, "f@1"],
      [5, "g@1", "h@3", "i@5", "@7"],
    ])
    expect(await read("")).toEqual([])
  })

  it("knows lines that end in any way, and a byte order mark", async () => {
    const expected = [
      [1, "a@1", "b@3"],
      [2, "c@1", "d@3"],
    ]
    for (const end of ["\n", "\r\n"]) expect(await read(`a,b${end}c,d${end}`)).toEqual(expected)
    expect(await read("\ufeffa,b\nc,d")).toEqual(expected)
  })

  it("takes the delimiter that the first line has most of, a comma if in doubt", async () => {
    expect(await read("a;b;c,d\ne;f,g;h")).toEqual([
      [1, "a@1", "b@3", "c,d@5"],
      [2, "e@1", "f,g@3", "h@7"],
    ])
    expect(await read("a\tb\nc,d\te")).toEqual([
      [1, "a@1", "b@3"],
      [2, "c,d@1", "e@5"],
    ])
    expect(await read("a,b;c\nd,e")).toEqual([
      [1, "a@1", "b;c@3"],
      [2, "d@1", "e@3"],
    ])
    expect(await read("a\nb,c")).toEqual([
      [1, "a@1"],
      [2, "b@1", "c@3"],
    ])
  })

  it("counts columns past delimiters inside quotes, and characters beyond 16 bits as one", async () => {
    expect(await read('"a, b",c,"d,e",f')).toEqual([[1, "a, b@1", "c@8", "d,e@10", "f@16"]])
    expect(await read("\u{1f600}x,y")).toEqual([[1, "\u{1f600}x@1", "y@4"]])
    expect(await read('"say ""no""",b')).toEqual([[1, 'say "no"@1', "b@14"]])
  })

  it("refuses what is no sound CSV, with the line", async () => {
    const words = {
      message: "the file is not sound CSV",
      file: "a.csv",
      fix: "quote fields that hold quotes, and double the quotes inside",
    }
    expect(await problemsOf(write("a.csv", 'a,b\nc,d\n"e,f\n'))).toEqual([
      { ...words, line: expect.any(Number), found: expect.stringMatching(/quote/i) },
    ])
    expect(await problemsOf(write("a.csv", 'a,b\nc,d\ne,f"g\n'))).toEqual([
      { ...words, line: 3, found: expect.stringMatching(/quote/i) },
    ])
  })

  it("refuses what is no file, no text, or too large, each by its own words", async () => {
    const fix = "name a CSV file in UTF-8"
    expect(await problemsOf("gone.csv")).toEqual([
      { message: "there is no such file", file: "gone.csv", fix: "check the path" },
    ])
    expect(await problemsOf(".")).toEqual([
      { message: "the file cannot be read", file: ".", found: expect.any(String), fix },
    ])
    expect(await problemsOf(write("a.csv", Uint8Array.of(0x61, 0xff)))).toEqual([
      { message: "the file is not UTF-8 text", file: "a.csv", found: expect.any(String), fix },
    ])
    write("a.csv", "a,b\n")
    truncateSync("a.csv", 16 * 2 ** 20 + 1)
    expect(await problemsOf("a.csv")).toEqual([
      {
        message: "the file is too large for a table of cases",
        file: "a.csv",
        found: "16777217 bytes",
        fix,
      },
    ])
  })
})
