import { Failure, type Problem } from "../../failure/failure.ts"
import type { MetricName } from "../../metrics/scores.ts"
import type { NamedColumn } from "../../statistics/namedColumn.ts"
import { columnProblems } from "./columnProblems.ts"
import { headingProblems } from "./headingProblems.ts"
import { firstNamesCases, type MethodColumn, methodColumns } from "./methodColumns.ts"
import type { Table } from "./readTable.ts"
import { rowProblems } from "./rowProblems.ts"
import { isMissing, numberIn } from "./score.ts"
import { baselineProblems, metricProblems, tooFewMethods } from "./wantedProblems.ts"

/** Scores of methods on the same cases. */
export interface ScoreTable {
  readonly cases: number
  /** By metric, null being one that nobody named. */
  readonly metrics: readonly MetricScores[]
}

export interface MetricScores {
  readonly metric: MetricName | null
  /** One per method. */
  readonly columns: readonly NamedColumn[]
}

export interface Wanted {
  /** Of this metric only; it is also the metric of a table whose headings name none. */
  readonly metric: MetricName | null
  /** The method that the others are compared with. */
  readonly baseline: string | null
}

/** Takes the scores that are wanted out of a table. Throws Failure with all that is wrong: "usage" when the table
 *  is sound and lacks only what is wanted, "data" otherwise. */
export const scoreTable = (table: Table, { metric, baseline }: Wanted): ScoreTable => {
  const { header, rows } = table
  const firstColumn = rows.flatMap(({ fields }) => (isMissing(fields[0]!) ? [] : [numberIn(fields[0]!)]))
  const namesCases = firstNamesCases(
    header.fields,
    firstColumn.map((value) => !Number.isNaN(value)),
  )
  const all = methodColumns(header.fields, namesCases ? 1 : 0, metric)
  const namesMetrics = all.some(({ heading, method }) => heading !== method)
  const columns = all.filter((column) =>
    namesMetrics && metric === null ? column.metric !== null : column.metric === metric,
  )
  const groups = byMetric(columns)
  const lacks = [...metricProblems(table, all, metric), ...baselineProblems(table, groups, baseline)]
  const faults = [
    ...headingProblems(table, metric === null ? all : columns),
    ...(metric !== null && columns.length === 0 ? [] : tooFewMethods(table, groups)),
    ...rowProblems(table, namesCases),
    ...columns.flatMap((column) => columnProblems(table, column)),
  ]
  if (faults.length > 0) throw new Failure("data", [...faults.toSorted(byPlace), ...lacks])
  if (lacks.length > 0) throw new Failure("usage", lacks)
  return {
    cases: rows.length,
    metrics: groups.map((group) => ({
      metric: group[0]!.metric,
      columns: group.map(({ index, method }) => ({ name: method, values: valuesOf(table, index) })),
    })),
  }
}

const byPlace = (a: Problem, b: Problem): number =>
  (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)

const valuesOf = ({ rows }: Table, index: number): (number | null)[] =>
  rows.map(({ fields }) => (isMissing(fields[index]!) ? null : numberIn(fields[index]!)))

/** Columns of one metric together, in the order of their first columns. */
const byMetric = (columns: readonly MethodColumn[]): MethodColumn[][] =>
  [...new Set(columns.map(({ metric }) => metric))].map((metric) =>
    columns.filter((column) => column.metric === metric),
  )
