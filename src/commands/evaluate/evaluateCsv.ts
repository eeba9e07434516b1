import { csvColumn } from "../../metrics/metricTable.ts"
import type { MetricName } from "../../metrics/scores.ts"
import type { DistanceUnit } from "../../scoring/checkPairs.ts"
import type { CaseScore } from "../../scoring/scorePair.ts"
import { countOf } from "../../scoring/summarizeCases.ts"
import { csv } from "../../stages/report/csv.ts"

/** The table of all cases in full precision: case, the metrics that were asked for, outcome; where slices were
 *  scored, how many there are, were missed, and are false alarms. */
export const evaluateCsv = (
  cases: readonly CaseScore[],
  metrics: readonly MetricName[],
  unit: DistanceUnit,
): string => {
  const columnOf = (metric: MetricName) => csvColumn(metric).replace(/_mm$/, `_${unit}`)
  const rows = cases.map((each) => ({
    case: each.case,
    ...Object.fromEntries(metrics.map((metric) => [columnOf(metric), each.values[metric]])),
    outcome: each.outcome,
    ...(each.slices !== null && {
      slices: each.slices.length,
      missed_slices: countOf(each.slices, "missed"),
      false_alarm_slices: countOf(each.slices, "falseAlarm"),
    }),
  }))
  return csv(Object.keys(rows[0]!), rows)
}
