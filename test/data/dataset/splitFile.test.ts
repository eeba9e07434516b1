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
    ["nothing", "", "the split file has not the columns that it needs", "an empty file"],
    ["no split", "patient,fold\na,1\n", "the split file has not the columns that it needs", "patient, fold"],
    [
      "both names",
      "patient,case,split\n",
      "the split file has not the columns that it needs",
      "patient, case, split",
    ],
    ["a header alone", "patient,split\n", "the split file has no rows below its header", undefined],
    [
      "an open quote",
      'patient,split\n"a,train\n',
      "the file is not sound CSV",
      expect.stringMatching(/quote/i),
    ],
    [
      "bytes that are no text",
      Uint8Array.of(0xff, 0xfe, 0x00),
      "the file is not UTF-8 text",
      expect.anything(),
    ],
  ])("refuses a file with %s", async (_, content, message, found) => {
    const file = await fileOf(content)
    const { kind, problems } = await refusal(readSplitFile(file))
    expect(kind).toBe("config")
    expect(problems).toMatchObject([{ file, message, ...(found === undefined ? {} : { found }) }])
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
