import { mkdir, truncate } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { readTable } from "../../../src/commands/compare/readTable.ts"
import { emptyFolder, refusal } from "../../data/support/refusal.ts"
import { tableFile } from "./tableFile.ts"

const fieldsOf = async (content: string) => {
  const { header, rows } = await readTable(await tableFile(content))
  return [header, ...rows].map(({ fields }) => fields)
}

const plain = [
  ["case", "a", "b"],
  ["1", "0.5", ""],
]

describe("readTable", () => {
  it.each([
    ["commas", "case,a,b\n1,0.5,\n"],
    ["semicolons", "case;a;b\n1;0.5;\n"],
    ["tabs, one of which ends a row", "case\ta\tb\n1\t0.5\t\n"],
    ["a byte-order mark and the line ends of Windows", "\ufeffcase,a,b\r\n1,0.5,\r\n"],
    ["the line ends of old Macs, and none at the end", "case,a,b\r1,0.5,"],
    ["spaces and quotes around fields", 'case , "a", b\n"1",  0.5 ,""\n'],
    ["blank rows", "\ncase,a,b\n\n , ,\n1,0.5,\n,,\n\n"],
  ])("reads %s", async (_, content) => {
    expect(await fieldsOf(content)).toEqual(plain)
  })

  it("keeps what is quoted: separators, line ends, quotes", async () => {
    expect(await fieldsOf('"case, or so","a\nb","say ""c"""\n1,2,3\n')).toEqual([
      ["case, or so", "a\nb", 'say "c"'],
      ["1", "2", "3"],
    ])
  })

  it("counts separators outside quotes only", async () => {
    expect(await fieldsOf('"a, b, c";d\n1;2\n')).toEqual([
      ["a, b, c", "d"],
      ["1", "2"],
    ])
  })

  it("knows where each field stands, after blank rows and quoted line ends, too", async () => {
    const { header, rows, placeOf } = await readTable(
      await tableFile('case;a\r\n\r\n1; 2\r\n"x\ny" ;"3;4";5\r\n 7 ;;8\r\n'),
    )
    expect([0, 1].map((i) => placeOf(header, i))).toMatchObject([
      { line: 1, column: 1 },
      { line: 1, column: 6 },
    ])
    expect(placeOf(rows[0]!, 1)).toMatchObject({ line: 3, column: 4 })
    expect([0, 1, 2].map((i) => placeOf(rows[1]!, i))).toMatchObject([
      { line: 4, column: 1 },
      { line: 5, column: 5 },
      { line: 5, column: 11 },
    ])
    // The empty field stands where its separator does; one that is not there, after the last.
    expect([0, 1, 2, 3].map((i) => placeOf(rows[2]!, i))).toMatchObject([
      { line: 6, column: 2 },
      { line: 6, column: 5 },
      { line: 6, column: 6 },
      { line: 6, column: 7 },
    ])
  })

  it.each<[string, string | Uint8Array, object]>([
    ["an empty file", "", { message: "the table is empty" }],
    ["a blank file", "\n , \n", { message: "the table is empty" }],
    ["a binary file", Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0), { message: "the file is not UTF-8 text" }],
    ["UTF-16", Buffer.from("\ufeffcase,a,b\n", "utf16le"), { message: "the file is not UTF-8 text" }],
    [
      "a quote that is never closed",
      'a,b\n1,2\n3,"4\n5,6\n',
      { line: 3, message: "a quote is opened and never closed" },
    ],
    [
      "a quote inside a field",
      'a,b\n1,2"x\n',
      { line: 2, message: "a quote stands in the middle of a field" },
    ],
    ["text after a quote", 'a,b\n1,"2"x\n', { line: 2, message: "a quote stands in the middle of a field" }],
    [
      "a row that does not end",
      `a,b\n1,"${"x".repeat(1_100_000)}`,
      { line: 2, message: "a row has more than 1000000 characters: is a quote never closed?" },
    ],
    [
      "too many columns",
      `${Array.from({ length: 1001 }, (_, i) => `m${i}`).join(",")}\n`,
      { message: "the table is too large", expected: "at most 1000 columns", found: "1001 columns" },
    ],
    [
      "too many rows",
      `a,b\n${"1,2\n".repeat(100_001)}`,
      { message: "the table is too large", found: "more than 100000 rows" },
    ],
  ])("refuses %s", async (_, content, problem) => {
    const file = await tableFile(content)
    const { kind, problems } = await refusal(readTable(file))
    expect(kind).toBe("data")
    expect(problems).toMatchObject([{ file, ...problem }])
  })

  it("refuses a file of more than 64 MB before reading it", async () => {
    const file = await tableFile("")
    await truncate(file, 64e6 + 1)
    const { problems } = await refusal(readTable(file))
    expect(problems).toMatchObject([{ message: "the table is too large", expected: "at most 64 MB" }])
  })

  it("refuses a folder, and what is not there", async () => {
    const folder = await emptyFolder()
    await mkdir(join(folder, "tables"))
    for (const [name, message] of [
      ["tables", "the file cannot be read"],
      ["none.csv", "there is no such file"],
      ["tables/none.csv/x", "there is no such file"],
    ] as const) {
      const { kind, problems } = await refusal(readTable(join(folder, name)))
      expect({ kind, problems }).toMatchObject({ kind: "data", problems: [{ message }] })
    }
    const inFile = await refusal(readTable(join(await tableFile("a,b\n"), "x")))
    expect(inFile).toMatchObject({ kind: "data", problems: [{ message: "the file cannot be read" }] })
  })

  it("takes a thousand columns, and says what is wrong in full where it takes nothing", async () => {
    const wide = `${Array.from({ length: 1000 }, (_, i) => `m${i}`).join(",")}\n`
    expect((await readTable(await tableFile(wide))).header.fields).toHaveLength(1000)
    const empty = await tableFile("\n")
    expect((await refusal(readTable(empty))).problems).toEqual([
      { message: "the table is empty", file: empty, fix: "give a row per case and a column per method" },
    ])
    const latin = await tableFile(Uint8Array.of(0x61, 0x2c, 0xe4, 0x0a))
    expect((await refusal(readTable(latin))).problems).toEqual([
      {
        message: "the file is not UTF-8 text",
        file: latin,
        fix: "export the table as CSV in UTF-8; a spreadsheet's own format cannot be read",
      },
    ])
  })

  it("says of a file that it cannot read what it is instead, and what to do", async () => {
    const folder = await emptyFolder()
    const missing = join(folder, "none.csv")
    const large = await tableFile("")
    await truncate(large, 65e6 + 1)
    const told = async (file: string) => (await refusal(readTable(file))).problems
    expect(await told(folder)).toEqual([
      {
        message: "the file cannot be read",
        file: folder,
        found: "it is a folder",
        fix: "name one of its files",
      },
    ])
    expect(await told("/dev/null")).toEqual([
      {
        message: "the file cannot be read",
        file: "/dev/null",
        found: "it is not a plain file",
        fix: "save the table as a file first",
      },
    ])
    expect(await told(missing)).toEqual([
      { message: "there is no such file", file: missing, fix: "check the path" },
    ])
    expect(await told(large)).toEqual([
      { message: "the table is too large", file: large, expected: "at most 64 MB", found: "66 MB" },
    ])
    const inside = join(large, "x")
    expect(await told(inside)).toMatchObject([{ file: inside, fix: "name a file that you may read" }])
    expect((await told(inside))[0]!.found).toBeTruthy()
  })

  it("says how to quote, and places fields in the table's own file", async () => {
    const quoted = await tableFile('a,b\n1,2"x\n')
    expect((await refusal(readTable(quoted))).problems).toEqual([
      {
        ...{ file: quoted, line: 2, message: "a quote stands in the middle of a field" },
        fix: 'quote whole fields only, and write a quote inside of one twice: "a ""b"" c"',
      },
    ])
    const file = await tableFile("a,b\n1,2\n")
    const table = await readTable(file)
    expect([table.file, table.placeOf(table.rows[0]!, 1)]).toEqual([file, { file, line: 2, column: 3 }])
    expect(table.rows.map(({ line }) => line)).toEqual([2])
  })
})
