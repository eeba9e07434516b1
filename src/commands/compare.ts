import { Failure, failure } from "../failure/failure.ts"
import { nearest } from "../failure/suggestion.ts"
import { toFailure } from "../failure/toFailure.ts"
import { type MetricName, metricNames } from "../metrics/scores.ts"
import { comparedJson } from "./compare/comparedJson.ts"
import { comparedMethods } from "./compare/comparedMethods.ts"
import { comparedText } from "./compare/comparedText.ts"
import { joinTables } from "./compare/joinTables.ts"
import { metricNamed } from "./compare/metricNamed.ts"
import { readTable, type Table } from "./compare/readTable.ts"
import { scoreTable } from "./compare/scoreTable.ts"

export interface CompareOptions {
  /** The columns to compare; or what the columns hold, if their headings do not say. */
  readonly metric?: string
  /** Compare each method with this one only. */
  readonly baseline?: string
  /** One JSON object instead of text. */
  readonly json: boolean
  readonly out: (text: string) => void
}

/** Prints paired statistics of a table whose rows are cases and whose columns are methods: "agBce", or
 *  "agBce.dice" where it holds several metrics; or of several tables, each of one method (joinTables.ts). Throws Failure: usage for what is asked for, data for the table. */
export const compare = async (
  files: readonly string[],
  { metric, baseline, json, out }: CompareOptions,
): Promise<void> => {
  const wanted = { metric: metric === undefined ? null : metricOf(metric), baseline: baseline ?? null }
  const compared = comparedMethods(scoreTable(await tableOf(files), wanted), wanted.baseline)
  out(json ? `${JSON.stringify(comparedJson(compared))}\n` : comparedText(files.join(", "), compared))
}

/** One table as it is; several, each of one method, joined by case. */
const tableOf = async (files: readonly string[]): Promise<Table> => {
  const read = await Promise.allSettled(files.map(readTable))
  const failures = read.flatMap((one) => (one.status === "rejected" ? [toFailure(one.reason)] : []))
  const [first] = failures
  if (first !== undefined)
    throw new Failure(
      first.kind,
      failures.flatMap(({ problems }) => problems),
    )
  const tables = read.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []))
  return tables.length === 1 ? tables[0]! : joinTables(tables)
}

const metricOf = (word: string): MetricName => {
  const metric = metricNamed(word)
  if (metric !== null) return metric
  const suggestion = nearest(word, metricNames)
  throw failure("usage", {
    message: `--metric names \`${word}\`, which is no metric`,
    expected: `one of ${metricNames.join(", ")}`,
    ...(suggestion === undefined ? {} : { suggestion }),
  })
}
