import { basename, dirname, join } from "node:path"
import { Failure, type Problem } from "../../failure/failure.ts"
import { metricNames } from "../../metrics/scores.ts"
import { metricNamed } from "./metricNamed.ts"
import type { Row, Table } from "./readTable.ts"
import { rowProblems } from "./rowProblems.ts"

/** One table out of several, each of which holds the scores of one method, as `evaluate --csv` writes them: a row per
 *  case, its name first, a column per metric. The method is called as its file, by the folder before it where two
 *  files are called the same. A case that a table lacks has no score there; columns that hold no metric are left out.
 *  Places of fields stay those in their own files. Throws Failure("data") with all that is wrong with any table. */
export const joinTables = (tables: readonly Table[]): Table => {
  const problems = tables.flatMap(problemsOf)
  const [first, ...others] = tables.map((table) => new Set(table.rows.map(caseOf)))
  const shared = [...first!].some((name) => others.every((names) => names.has(name)))
  if (problems.length === 0 && !shared) problems.push(noSharedCase(tables))
  if (problems.length > 0) throw new Failure("data", problems)

  const methods = methodsOf(tables.map(({ file }) => file))
  const columns = tables.flatMap((table, i) =>
    table.header.fields.flatMap((heading, index) => {
      const metric = index === 0 ? null : metricNamed(heading)
      return metric === null ? [] : [{ table, index, heading: `${methods[i]}.${metric}` }]
    }),
  )
  const rowsByCase = new Map(
    tables.map((table) => [table, new Map(table.rows.map((row) => [caseOf(row), row]))]),
  )
  const header: Row = { fields: ["case", ...columns.map(({ heading }) => heading)], line: 1 }
  const cases = [...new Set(tables.flatMap(({ rows }) => rows.map(caseOf)))]
  const rows = cases.map((name): Row => {
    const fieldOf = ({ table, index }: (typeof columns)[number]) =>
      rowsByCase.get(table)!.get(name)?.fields[index] ?? ""
    return { fields: [name, ...columns.map(fieldOf)], line: 1 }
  })
  return {
    file: tables.map(({ file }) => file).join(", "),
    header,
    rows,
    placeOf: (row, index) => {
      const { table, index: own } = columns[index - 1] ?? { table: tables[0]!, index: 0 }
      return table.placeOf(row === header ? table.header : rowsByCase.get(table)!.get(caseOf(row))!, own)
    },
  }
}

const caseOf = ({ fields }: Row): string => fields[0]!

const problemsOf = (table: Table): Problem[] => {
  const { file, header } = table
  const metrics = header.fields.slice(1).flatMap((heading) => metricNamed(heading) ?? [])
  const twice = metrics.find((metric, i) => metrics.indexOf(metric) < i)
  return [
    ...(metrics.length === 0
      ? [
          {
            file,
            message: "no column holds a metric",
            expected: `columns called ${metricNames.join(", ")}: of several tables each holds one method`,
            found: header.fields.join(", "),
            fix: "make the tables with `losslab evaluate --csv`, or put the methods side by side in one table",
          },
        ]
      : []),
    ...(twice === undefined ? [] : [{ file, message: `two columns hold ${twice}`, fix: "keep one" }]),
    ...rowProblems(table, true),
  ]
}

const noSharedCase = (tables: readonly Table[]): Problem => ({
  file: tables.map(({ file }) => file).join(", "),
  message: "the tables have no case in common",
  expected: "the same cases under the same names in the first column of each",
  found: tables.map(({ rows }) => rows.slice(0, 3).map(caseOf).join(", ")).join("; "),
  fix: "rename the cases, so that the same case is called the same in every table",
})

const bare = (file: string): string => basename(file).replace(/\.[a-z]+$/i, "")

const methodsOf = (files: readonly string[]): readonly string[] => {
  const isUnique = (names: readonly string[]) => new Set(names).size === names.length
  const short = files.map(bare)
  const longer = files.map((file) => join(basename(dirname(file)), bare(file)))
  return [short, longer].find(isUnique) ?? files
}
