import { failure, type Problem } from "../../failure/failure.ts"
import { nearest } from "../../failure/suggestion.ts"
import { type LocatedRow, locatedCsv } from "../files/locatedCsv.ts"
import { type Placement, splitNames } from "./placement.ts"

/** What a split file says: who comes where, and what is wrong with single rows. */
export interface SplitTable {
  readonly placements: readonly Placement[]
  readonly problems: readonly Problem[]
}

/** Reads a CSV file with the columns `split` and either `patient` or `case`; other columns are left alone.
 *  Throws Failure("config") when the file cannot be read or has not these columns; what is wrong with single rows
 *  is in the result, so that it can be told together with what does not fit the data. */
export const readSplitFile = async (file: string): Promise<SplitTable> => {
  const [head, ...rows] = await locatedCsv(file)
  const { by, name, split } = columnsOf(file, head)
  const placements: Placement[] = []
  const problems: Problem[] = []
  for (const { line, fields } of rows) {
    const place = (field: number) => ({ file, line, column: fields[field]?.column ?? 1 })
    const said = fields[name]?.text ?? ""
    const word = fields[split]?.text ?? ""
    const chosen = splitNames.find((each) => each === word)
    if (said === "")
      problems.push({ ...place(name), message: `the row names no ${by}`, fix: "name one, or remove the row" })
    else if (chosen === undefined) problems.push({ ...place(split), ...unknownSplit(word) })
    else placements.push({ name: said, by, split: chosen, place: place(name) })
  }
  if (rows.length === 0)
    throw failure("config", {
      message: "the split file has no rows below its header",
      file,
      fix: "write a row for each patient, such as P01,train",
    })
  return { placements, problems }
}

const columnsOf = (file: string, head: LocatedRow | undefined) => {
  const columns = (head?.fields ?? []).map(({ text }) => text.toLowerCase())
  const places = (...names: readonly string[]) =>
    columns.flatMap((each, i) => (names.includes(each) ? [i] : []))
  const [split, otherSplit] = places("split")
  const [name, otherName] = places("patient", "case")
  if (split === undefined || name === undefined || otherSplit !== undefined || otherName !== undefined)
    throw failure("config", {
      message: "the split file has not the columns that it needs",
      file,
      line: head?.line ?? 1,
      column: 1,
      expected: "a header with one column `split` and one column `patient` or `case`",
      found: columns.length === 0 ? "an empty file" : columns.join(", "),
    })
  return { split, name, by: columns[name] === "case" ? ("case" as const) : ("patient" as const) }
}

/** "val" and "training" are meant well, and are no slips of the finger. */
const unknownSplit = (word: string): Problem => {
  const small = word.toLowerCase()
  const suggestion =
    small === ""
      ? undefined
      : (splitNames.find((each) => each.startsWith(small) || small.startsWith(each)) ??
        nearest(small, splitNames))
  return {
    message: "this is no split",
    expected: `one of ${splitNames.join(", ")}`,
    found: word === "" ? "nothing" : word,
    ...(suggestion === undefined ? {} : { suggestion }),
  }
}
