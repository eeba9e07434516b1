import type { Problem } from "../../failure/failure.ts"
import type { MetricName } from "../../metrics/scores.ts"
import { smallerIsBetter } from "../../metrics/smallerIsBetter.ts"
import type { MethodColumn } from "./methodColumns.ts"
import type { Row, Table } from "./readTable.ts"
import { isMissing, numberIn } from "./score.ts"
import { told } from "./told.ts"

/** Scores that are no finite numbers, or that the metric cannot give. */
export const columnProblems = (
  { file, rows, placeOf }: Table,
  { index, heading, metric }: MethodColumn,
): Problem[] => {
  const at = (row: Row) => ({ ...placeOf(row, index), path: `column \`${heading}\`` })
  const scores = rows.flatMap((row) => {
    const text = row.fields[index] ?? ""
    return isMissing(text) ? [] : [{ row, text, value: numberIn(text) }]
  })
  const percent = metric !== null && !smallerIsBetter(metric) && isPercent(scores.map(({ value }) => value))
  const wrong = scores.flatMap(({ row, text, value }) => {
    const problem = problemOf(text, value, percent ? null : metric)
    return problem === null ? [] : [{ ...at(row), found: text, ...problem }]
  })
  const first = scores.find(({ value }) => value > 1)
  return [
    ...(percent && first !== undefined
      ? [
          {
            ...at(first.row),
            message: `column \`${heading}\` seems to be in percent`,
            expected: `${metric} from 0 to 1`,
            found: first.text,
            fix: "divide the column by 100",
          },
        ]
      : []),
    ...told(file, `in column \`${heading}\``, wrong, (problem) => problem),
  ]
}

/** Whether most of the values lie above 1, and none above 100 or below 0. */
const isPercent = (values: readonly number[]): boolean => {
  const numbers = values.filter(Number.isFinite)
  const above = numbers.filter((value) => value > 1).length
  return above > numbers.length / 2 && numbers.every((value) => value >= 0 && value <= 100)
}

const problemOf = (text: string, value: number, metric: MetricName | null): Omit<Problem, "file"> | null => {
  if (Number.isNaN(value)) return { message: "the score is not a number", fix: numberFix(text) }
  if (!Number.isFinite(value))
    return {
      message: "the score is not finite",
      fix: "leave an undefined score empty, to leave out its pairs; or give the worst possible value",
    }
  if (metric === null) return null
  if (smallerIsBetter(metric))
    return value < 0 ? { message: "the distance is negative", expected: `${metric} of 0 or more` } : null
  return value < 0 || value > 1
    ? { message: "the score is out of range", expected: `${metric} from 0 to 1` }
    : null
}

const numberFix = (text: string): string => {
  if (/^[+-]?\d*,\d+$/.test(text)) return "write decimals with a point: 0.95, not 0,95"
  if (/^[+-]?[\d.]+ ?%$/.test(text)) return "write shares from 0 to 1: 0.95, not 95 %"
  return "mend it; or leave it empty where the score is missing"
}
