import type { Problem } from "../../failure/failure.ts"
import type { Row, Table } from "./readTable.ts"
import { told } from "./told.ts"

/** Rows of another length than the header's, too few of them, and case names that cannot be.
 *  @param namesCases whether the first column does */
export const rowProblems = (table: Table, namesCases: boolean): Problem[] => {
  const { file, header, rows, placeOf } = table
  const width = header.fields.length
  const uneven = rows.filter(({ fields }) => fields.length !== width)
  return [
    ...(rows.length < 2
      ? [
          {
            file,
            message: "a comparison needs two cases at least",
            found: `rows of scores: ${rows.length}`,
            fix: "add the other cases",
          },
        ]
      : []),
    ...told(file, "in other rows", uneven, (row) => ({
      ...placeOf(row, Math.min(width, row.fields.length)),
      message: "a row of another length than the header",
      expected: `${width} fields`,
      found: String(row.fields.length),
      fix: "leave missing scores empty, and quote a field that holds the separator",
    })),
    ...(namesCases
      ? told(file, "of case names", caseProblems(rows), ({ row, ...problem }) => ({
          ...placeOf(row, 0),
          ...problem,
        }))
      : []),
  ]
}

/** A spreadsheet's last rows. */
const summaries: readonly string[] = ["mean", "average", "median", "sd", "std"]

type CaseProblem = Omit<Problem, "file"> & { readonly row: Row }

const caseProblems = (rows: readonly Row[]): CaseProblem[] => {
  const lineOf = new Map<string, number>()
  return rows.flatMap((row): CaseProblem[] => {
    const name = row.fields[0]!
    const before = lineOf.get(name)
    if (before === undefined) lineOf.set(name, row.line)
    if (name === "") return [{ row, message: "a row names no case", fix: "name the case, or drop the row" }]
    if (before !== undefined)
      return [
        {
          row,
          message: `case \`${name}\` is there twice`,
          found: `also on line ${before}`,
          fix: "keep one of the two",
        },
      ]
    if (summaries.includes(name.toLowerCase()))
      return [
        { row, message: `\`${name}\` is no case`, fix: "drop the row: losslab computes it from the cases" },
      ]
    return []
  })
}
