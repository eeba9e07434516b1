import { byMetric, type MetricName } from "../../../src/metrics/scores.ts"
import type { ReportCell } from "../../../src/stages/reportInput.ts"
import { cell, done, scoresOf } from "../../support/reportInput.ts"

export type Values = Partial<Record<MetricName, readonly (number | null)[]>>

export const scoresFrom = (values: Values) =>
  scoresOf(
    (Object.values(values)[0] ?? []).map((_, i) => ({
      patient: `p${i}`,
      slices: 1,
      scored: 1,
      missed: 0,
      falseAlarms: 0,
      values: byMetric((metric) => values[metric]?.[i] ?? null),
    })),
  )

export const method = (name: string, values: Values): ReportCell => {
  const outcome = done(name, 0.9)
  if (outcome.tag !== "done") throw new Error("not done")
  return cell(name, null, { ...outcome, scores: scoresFrom(values) })
}

export const eight = [0.9, 0.91, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97]
/** Below the first eight by this much, and by a thousandth more from each patient to the next. */
export const lower = (by: number) => eight.map((value, i) => value - by - 0.001 * i)
// a - b: 0.010, 0.011, ... 0.017: mean 0.0135, SD 0.00245, so the interval is 0.0135 -+ 2.3646 x 0.00245 / sqrt(8)
// = 0.0115 to 0.0155. All of one sign: p = 2 / 2^8 = 0.0078.
export const a = method("a", { dice: eight })
export const b = method("b", { dice: lower(0.01) })
export const c = method("c", { dice: lower(0.03) })
