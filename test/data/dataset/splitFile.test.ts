import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { readSplitFile } from "../../../src/data/dataset/splitFile.ts"
import { emptyFolder, refusal } from "../support/refusal.ts"

const fileOf = async (content: string | Uint8Array): Promise<string> => {
  const file = join(await emptyFolder(), "split.csv")
  await writeFile(file, content)
  return file
}

describe("readSplitFile", () => {
  it.each([
    ["commas", "patient,split\na,train\nb,test\n"],
    ["semicolons, CRLF and a byte order mark", "\ufeffPatient;Split\r\na;train\r\n\r\nb;test\r\n"],
    ["tabs and another column", "age\tpatient\tsplit\n70\ta\ttrain\n\n71\tb\ttest"],
    ["quotes and blanks", '"patient" , "split"\n"a", train\n "b" ,"test"\n'],
  ])("reads a file with %s", async (_, text) => {
    const { placements, problems } = await readSplitFile(await fileOf(text))
    expect(problems).toEqual([])
    expect(placements.map(({ name, by, split }) => [name, by, split])).toEqual([
      ["a", "patient", "train"],
      ["b", "patient", "test"],
    ])
  })

  it("knows the line and column of every name, and whether it is a case", async () => {
    const file = await fileOf('split,site,case\r\n\r\ntrain,"a, b",x\r\nvalidation,c,y\r\n')
    const { placements } = await readSplitFile(file)
    expect(placements).toEqual([
      { name: "x", by: "case", split: "train", place: { file, line: 3, column: 14 } },
      { name: "y", by: "case", split: "validation", place: { file, line: 4, column: 14 } },
    ])
  })

  it("reads a header in capitals, and a column of cases before one of splits", async () => {
    const { placements } = await readSplitFile(await fileOf("CASE,Split\na,test\n"))
    expect(placements).toMatchObject([
      { name: "a", by: "case", split: "test", place: { line: 2, column: 1 } },
    ])
  })

  it("says of every bad row where it is, what may be there, and what to do", async () => {
    const file = await fileOf("split,case\nx,a\ntest,\ntest\n")
    const { problems } = await readSplitFile(file)
    const nameless = { message: "the row names no case", fix: "name one, or remove the row" }
    expect(problems).toEqual([
      {
        file,
        line: 2,
        column: 1,
        message: "this is no split",
        expected: "one of train, validation, test",
        found: "x",
      },
      { file, line: 3, column: 6, ...nameless },
      // The row has no second field to point to.
      { file, line: 4, column: 1, ...nameless },
    ])
    expect(problems[0]).not.toHaveProperty("suggestion")
  })

  it("lists the rows that say no split, guesses which was meant, and keeps the others", async () => {
    const file = await fileOf("patient,split\na,val\nb,Training\nc,tets\nd,\n,train\ne\nf,train\n")
    const { placements, problems } = await readSplitFile(file)
    expect(placements.map(({ name }) => name)).toEqual(["f"])
    expect(
      problems.map(({ line, column, message, found, suggestion }) => [
        line,
        column,
        message,
        found,
        suggestion,
      ]),
    ).toEqual([
      [2, 3, "this is no split", "val", "validation"],
      [3, 3, "this is no split", "Training", "train"],
      [4, 3, "this is no split", "tets", "test"],
      [5, 3, "this is no split", "nothing", undefined],
      [6, 1, "the row names no patient", undefined, undefined],
      [7, 1, "this is no split", "nothing", undefined],
    ])
  })

  it.each([
    ["nothing", "", "an empty file"],
    ["no split", "patient,fold\na,1\n", "patient, fold"],
    ["no names", "split,fold\na,1\n", "split, fold"],
    ["both names", "patient,case,split\n", "patient, case, split"],
    ["two columns of splits", "split,case,Split\na,b,c\n", "split, case, split"],
  ])("refuses a file with %s, and says which columns it needs", async (_, content, found) => {
    const file = await fileOf(content)
    expect(await refusal(readSplitFile(file))).toMatchObject({
      kind: "config",
      problems: [
        {
          message: "the split file has not the columns that it needs",
          file,
          line: 1,
          column: 1,
          expected: "a header with one column `split` and one column `patient` or `case`",
          found,
        },
      ],
    })
  })

  it("says on which line it found the header", async () => {
    const { problems } = await refusal(readSplitFile(await fileOf("\n\npatient,fold\na,1\n")))
    expect(problems).toMatchObject([{ line: 3, column: 1 }])
  })

  it.each([
    [
      "a header alone",
      "patient,split\n",
      {
        message: "the split file has no rows below its header",
        fix: "write a row for each patient, such as P01,train",
      },
    ],
    [
      "an open quote",
      'patient,split\n"a,train\n',
      { message: "the file is not sound CSV", found: expect.stringMatching(/quote/i) },
    ],
    ["bytes that are no text", Uint8Array.of(0xff, 0xfe, 0x00), { message: "the file is not UTF-8 text" }],
  ])("refuses a file with %s", async (_, content, problem) => {
    const file = await fileOf(content)
    const { kind, problems } = await refusal(readSplitFile(file))
    expect(kind).toBe("config")
    expect(problems).toMatchObject([{ file, ...problem }])
  })

  it("names a file that is not there, and a folder", async () => {
    const folder = await emptyFolder()
    const files = { [join(folder, "gone.csv")]: "there is no such file", [folder]: "the file cannot be read" }
    for (const [file, message] of Object.entries(files)) {
      const { problems } = await refusal(readSplitFile(file))
      expect(problems).toMatchObject([{ file, message }])
    }
  })
})
