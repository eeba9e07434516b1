import type { Problem } from "../../failure/failure.ts"
import type { MethodColumn } from "./methodColumns.ts"
import { metricNamed } from "./metricNamed.ts"
import type { Table } from "./readTable.ts"

/** Headings that are missing or repeated, or that say what no method's heading says.
 *  @param columns of scores, all of them */
export const headingProblems = ({ header, placeOf }: Table, columns: readonly MethodColumn[]): Problem[] => {
  const namesMetrics = columns.some(({ heading, method }) => heading !== method)
  return columns.flatMap((column, i) => {
    const problem = problemOf(column, columns.slice(0, i), namesMetrics)
    return problem === null ? [] : [{ ...placeOf(header, column.index), ...problem }]
  })
}

const problemOf = (
  { heading, method, metric }: MethodColumn,
  before: readonly MethodColumn[],
  namesMetrics: boolean,
): Omit<Problem, "file"> | null => {
  if (heading === "")
    return { message: "a column has no name", fix: "head it with the method whose scores it holds" }
  const twin = before.find((other) => other.method === method && other.metric === metric)
  if (twin !== undefined)
    return {
      message: `two columns are named \`${heading}\``,
      found: `column ${twin.index + 1} is, too`,
      fix: "rename one of the two",
    }
  if (!namesMetrics && metricNamed(heading) !== null)
    return {
      message: `\`${heading}\` is a metric, not a method`,
      expected: "a column per method",
      fix: `put the methods side by side in one table, and head each column METHOD.${heading}`,
    }
  if (namesMetrics && metric === null)
    return {
      message: `column \`${heading}\` does not say which metric it holds`,
      expected: `\`${heading}.dice\` or the like, as other columns have it`,
      fix: "drop the column if it holds no scores; or choose one metric with --metric",
    }
  return null
}
