import { isUtf8 } from "node:buffer"
import { readFile, stat } from "node:fs/promises"
import { CsvError, parse } from "csv-parse/sync"
import { Failure, failure, type Problem } from "../../failure/failure.ts"
import { reasonOf } from "../../failure/systemError.ts"

/** Larger files are refused before they are read. */
const maxMegabytes = 64
const maxColumns = 1000
/** Besides the header. */
const maxRows = 100_000
const maxRowCharacters = 1_000_000

/** A record of a table: its fields without the spaces around them, and the line that it starts on, from 1. */
export interface Row {
  readonly fields: readonly string[]
  readonly line: number
}

export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** The records of a file of separated values, as text. */
export interface Table {
  readonly file: string
  readonly header: Row
  /** Without those that are blank in every field. Their lengths may differ from the header's. */
  readonly rows: readonly Row[]
  /** Where a field of a row stands, from 1; a field that is not there stands after the last one. */
  readonly placeOf: (row: Row, index: number) => Place
}

/** Reads a table of values separated by commas, semicolons or tabs, whichever the header has most of; with or
 *  without a byte-order mark, quotes, any ends of line. Throws Failure("data") for what is no such file. */
export const readTable = async (file: string): Promise<Table> => {
  const text = (await readText(file)).replaceAll(/\r\n?/g, "\n")
  const delimiter = delimiterOf(text)
  const [header, ...rows] = recordsOf(file, text, delimiter).filter(({ fields }) => fields.some(Boolean))
  if (header === undefined)
    throw failure("data", {
      message: "the table is empty",
      file,
      fix: "give a row per case and a column per method",
    })
  if (header.fields.length > maxColumns)
    throw tooLarge(file, `at most ${maxColumns} columns`, `${header.fields.length} columns`)
  if (rows.length > maxRows) throw tooLarge(file, `at most ${maxRows} rows`, `more than ${maxRows} rows`)
  let lines: string[] | null = null // of the text, split when a place is first asked for
  const placeOf: Table["placeOf"] = (row, index) => {
    lines ??= text.split("\n")
    return { file, ...placeIn(lines, delimiter, row.line, index) }
  }
  return { file, header, rows, placeOf }
}

const tooLarge = (file: string, expected: string, found: string): Failure =>
  failure("data", { message: "the table is too large", file, expected, found })

const cannotBeRead = "the file cannot be read"

const readText = async (file: string): Promise<string> => {
  const unreadable = (message: string, details: Partial<Problem> = {}): Failure =>
    failure("data", { message, file, ...details })
  try {
    const stats = await stat(file)
    if (stats.isDirectory())
      throw unreadable(cannotBeRead, { found: "it is a folder", fix: "name one of its files" })
    if (!stats.isFile())
      throw unreadable(cannotBeRead, {
        found: "it is not a plain file",
        fix: "save the table as a file first",
      })
    if (stats.size > maxMegabytes * 1e6)
      throw tooLarge(file, `at most ${maxMegabytes} MB`, `${Math.ceil(stats.size / 1e6)} MB`)
    const bytes = await readFile(file)
    if (!isUtf8(bytes) || bytes.includes(0))
      throw unreadable("the file is not UTF-8 text", {
        fix: "export the table as CSV in UTF-8; a spreadsheet's own format cannot be read",
      })
    return new TextDecoder().decode(bytes) // drops the byte-order mark
  } catch (error) {
    if (error instanceof Failure) throw error
    const { code } = error as NodeJS.ErrnoException
    throw code === "ENOENT"
      ? unreadable("there is no such file", { fix: "check the path" })
      : unreadable(cannotBeRead, { found: reasonOf(error), fix: "name a file that you may read" })
  }
}

/** The commonest separator of the first line that is not blank, outside quotes. */
const delimiterOf = (text: string): string => {
  const first = /[^\n]*\S[^\n]*/.exec(text)?.[0].replaceAll(/"[^"]*"/g, "") ?? ""
  const count = (separator: string) => first.split(separator).length
  return [",", ";", "\t"].reduce((best, each) => (count(each) > count(best) ? each : best))
}

const recordsOf = (file: string, text: string, delimiter: string): Row[] => {
  const starts = [1] // line on which each row starts, the one that is being read included
  try {
    return parse(text, {
      delimiter,
      record_delimiter: "\n",
      trim: delimiter !== "\t", // lets a quoted field have spaces around it; of tabs it would eat the delimiters
      relax_column_count: true,
      max_record_size: maxRowCharacters,
      to: maxRows + 2,
      on_record: (fields, { lines }) => {
        starts.push(lines + 1)
        return fields
      },
    }).map((fields, i) => ({ fields: fields.map((field) => field.trim()), line: starts[i]! }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw failure("data", { file, line: starts.at(-1)!, ...syntaxProblem(error) }, error)
  }
}

/** What can be wrong with separated values as such: the quotes. */
const syntaxProblem = ({ code }: CsvError): Omit<Problem, "file"> => ({
  message:
    code === "CSV_MAX_RECORD_SIZE"
      ? `a row has more than ${maxRowCharacters} characters: is a quote never closed?`
      : code === "CSV_QUOTE_NOT_CLOSED"
        ? "a quote is opened and never closed"
        : "a quote stands in the middle of a field",
  fix: 'quote whole fields only, and write a quote inside of one twice: "a ""b"" c"',
})

/** The first character of a field that starts on a line or, after quoted line feeds, on a later one. */
const placeIn = (lines: readonly string[], delimiter: string, start: number, index: number) => {
  let field = 0
  let quoted = false
  let line = start
  for (; line <= lines.length; line++) {
    const text = lines[line - 1]!
    for (let i = 0; i < text.length; i++) {
      // A field starts at its first character that is not blank.
      if (field === index && (text[i] === delimiter || text[i]!.trim() !== "")) return { line, column: i + 1 }
      if (text[i] === '"') quoted = !quoted
      else if (text[i] === delimiter && !quoted) field++
    }
    if (!quoted) break
  }
  return { line, column: (lines[line - 1]?.length ?? 0) + 1 }
}
