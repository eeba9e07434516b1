import type { Problem } from "../../failure/failure.ts"
import { nearest } from "../../failure/suggestion.ts"
import type { MetricName } from "../../metrics/scores.ts"
import type { MethodColumn } from "./methodColumns.ts"
import type { Table } from "./readTable.ts"

/** Metrics of fewer than two methods.
 *  @param groups the wanted columns, by metric */
export const tooFewMethods = (
  { file, header }: Table,
  groups: readonly (readonly MethodColumn[])[],
): Problem[] => {
  const problem = { file, message: "a comparison needs two methods at least" }
  const fix = "give a column per method, separated by commas, semicolons or tabs"
  if (groups.length === 0) return [{ ...problem, found: `columns: ${header.fields.join(", ")}`, fix }]
  return groups.flatMap(([first, ...others]) => {
    if (first === undefined || others.length > 0) return []
    const found = `${first.heading} alone`
    return first.metric === null || groups.length === 1
      ? [{ ...problem, found, fix }]
      : [{ ...problem, found, fix: "choose a metric that more have with --metric" }]
  })
}

/** A metric that the headings do not name, though they name others. */
export const metricProblems = (
  { file }: Table,
  all: readonly MethodColumn[],
  metric: MetricName | null,
): Problem[] => {
  if (metric === null || all.some((column) => column.metric === metric)) return []
  const metrics = [...new Set(all.flatMap((column) => column.metric ?? []))]
  return [{ file, message: `the table has no column of ${metric}`, expected: `one of ${metrics.join(", ")}` }]
}

/** A baseline that is none of the methods, or lacks a metric.
 *  @param groups the wanted columns, by metric */
export const baselineProblems = (
  { file }: Table,
  groups: readonly (readonly MethodColumn[])[],
  baseline: string | null,
): Problem[] => {
  if (baseline === null) return []
  const methods = [...new Set(groups.flat().map(({ method }) => method))]
  const lacking = groups.filter((group) => group.every(({ method }) => method !== baseline))
  if (lacking.length > 0 && methods.includes(baseline))
    return lacking.map(([first]) => ({
      file,
      message: `the baseline \`${baseline}\` has no column of ${first!.metric}`,
      fix: "choose a metric that it has with --metric, or another baseline",
    }))
  if (methods.includes(baseline)) return []
  const suggestion = nearest(baseline, methods)
  return [
    {
      file,
      message: `the baseline \`${baseline}\` is none of the methods`,
      expected: `one of ${methods.slice(0, 10).join(", ")}${methods.length > 10 ? ", ..." : ""}`,
      ...(suggestion === undefined ? {} : { suggestion }),
    },
  ]
}
