import type { NamedColumn } from "../../statistics/namedColumn.ts"
import type { Column } from "./column.ts"

/** The metrics that are tested; the others are only shown. */
export const testedMetrics = ["dice", "hd95"] as const
export type TestedMetric = (typeof testedMetrics)[number]

/** The values of one metric, as the statistics take them. */
export const valuesOf = (metric: TestedMetric, { name, values }: Column): NamedColumn => ({
  name,
  values: values[metric],
})
