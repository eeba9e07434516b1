import type { MetricName } from "../../metrics/scores.ts"
import { metricNamed } from "./metricNamed.ts"

/** A column of scores. */
export interface MethodColumn {
  /** Its place in the table, from 0, and its heading. */
  readonly index: number
  readonly heading: string
  readonly method: string
  /** null when neither the heading nor the command line says. */
  readonly metric: MetricName | null
}

const caseWords = [
  "case",
  "patient",
  "image",
  "subject",
  "slice",
  "scan",
  "study",
  "volume",
  "file",
  "sample",
]

/** "case", "Case ID", "patient_no", "id", "pid", "filename", or nothing. */
const headsCases = (heading: string): boolean => {
  const whole = heading.trim().toLowerCase()
  const word = whole.replace(/(^|[\s_.#-]*)(id|no|nr|number|name)\.?$/, "")
  return word === "" || whole === "pid" || caseWords.includes(word.replace(/s$/, ""))
}

/** What a heading says: "agBce.dice" is the Dice of method agBce, "agBce" a method. */
const readHeading = (heading: string): Pick<MethodColumn, "method" | "metric"> => {
  const dot = heading.lastIndexOf(".")
  const metric = dot > 0 ? metricNamed(heading.slice(dot + 1)) : null
  return { method: metric === null ? heading : heading.slice(0, dot).trim(), metric }
}

/** Whether the first column names the cases: by its heading; or, where other headings name their metric, because
 *  this one does not; or because at least half of what stands in it is no number.
 *  @param isNumber of each value of it that is not missing */
export const firstNamesCases = (headings: readonly string[], isNumber: readonly boolean[]): boolean => {
  const [first = "", ...others] = headings
  if (headsCases(first)) return true
  if (readHeading(first).metric !== null) return false
  if (others.some((heading) => readHeading(heading).metric !== null)) return true
  const words = isNumber.filter((each) => !each).length
  return words > 0 && words >= isNumber.length / 2
}

/** All columns of scores.
 *  @param from the first column that is none of case names
 *  @param metric what a table holds whose headings name no metric */
export const methodColumns = (
  headings: readonly string[],
  from: number,
  metric: MetricName | null,
): readonly MethodColumn[] => {
  const columns = headings.map((heading, index) => ({ index, heading, ...readHeading(heading) })).slice(from)
  return columns.every((column) => column.metric === null)
    ? columns.map((column) => ({ ...column, metric }))
    : columns
}
