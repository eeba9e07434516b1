import { readFile, stat } from "node:fs/promises"
import { CsvError, parse } from "csv-parse/sync"
import { failure } from "../../failure/failure.ts"
import { reasonOf } from "../../failure/systemError.ts"

/** One row of a CSV file, its fields trimmed, with the place of each, one-based. The line of a row that has line
 *  breaks inside quotes is its last one, and its columns are not to be trusted. */
export interface LocatedRow {
  readonly line: number
  readonly fields: readonly { readonly text: string; readonly column: number }[]
}

const mostBytes = 16 * 2 ** 20

/** The rows of a CSV file that are not empty, however many fields each has. The delimiter is the one of comma,
 *  semicolon and tab that the first line has most of. Throws Failure("config") when the file cannot be read as CSV. */
export const locatedCsv = async (file: string): Promise<readonly LocatedRow[]> => {
  const text = await textOf(file)
  const lines = text.split(/\r\n|\n|\r/)
  const delimiter = delimiterOf(lines[0]!)
  const rows: LocatedRow[] = []
  try {
    parse(text, {
      delimiter,
      trim: true,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (record: readonly string[], { lines: line }) => {
        const starts = startsOf(lines[line - 1] ?? "", delimiter)
        rows.push({ line, fields: record.map((field, i) => ({ text: field, column: starts[i] ?? 1 })) })
        return null
      },
    })
    return rows
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw failure(
      "config",
      {
        message: "the file is not sound CSV",
        file,
        ...("lines" in error && typeof error.lines === "number" ? { line: error.lines } : {}),
        found: error.message,
        fix: "quote fields that hold quotes, and double the quotes inside",
      },
      error,
    )
  }
}

const textOf = async (file: string): Promise<string> => {
  const refuse = (message: string, found: string) =>
    failure("config", { message, file, found, fix: "name a CSV file in UTF-8" })
  try {
    const { size } = await stat(file)
    if (size > mostBytes) throw refuse("the file is too large for a table of cases", `${size} bytes`)
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file))
  } catch (error) {
    if (error instanceof TypeError) throw refuse("the file is not UTF-8 text", error.message)
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      throw failure("config", { message: "there is no such file", file, fix: "check the path" })
    if (error instanceof Error && "code" in error) throw refuse("the file cannot be read", reasonOf(error))
    throw error
  }
}

const delimiterOf = (head: string): string => {
  const count = (delimiter: string) => head.split(delimiter).length
  return [",", ";", "\t"].reduce((best, each) => (count(each) > count(best) ? each : best))
}

/** One-based columns at which the fields of a line start. */
const startsOf = (line: string, delimiter: string): readonly number[] => {
  const starts = [1]
  let quoted = false
  for (const [i, character] of [...line].entries()) {
    if (character === '"') quoted = !quoted
    else if (character === delimiter && !quoted) starts.push(i + 2)
  }
  return starts
}
