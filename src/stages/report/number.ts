import { metricTable } from "../../metrics/metricTable.ts"
import { byMetric, type MetricName } from "../../metrics/scores.ts"

/** What stands for an undefined number; a footnote explains it. */
export const dash = "–"

type Maybe = number | null | undefined

const isNumber = (value: Maybe): value is number => Number.isFinite(value)

const withMinus = (text: string): string => text.replace("-", "−")

/** With this many decimals; a dash where undefined. */
export const fixed = (value: Maybe, decimals: number): string =>
  isNumber(value) ? withMinus(value.toFixed(decimals)) : dash

/** With a sign: "+0.012", "−0.003". */
export const signed = (value: Maybe, decimals: number): string =>
  isNumber(value) && value >= 0 ? `+${fixed(value, decimals)}` : fixed(value, decimals)

/** With four significant digits: losses and norms of any scale. */
export const significant = (value: Maybe): string =>
  isNumber(value) ? withMinus(value.toPrecision(4)) : dash

/** A p value: three decimals, or that it is smaller. */
export const pValue = (value: Maybe): string =>
  isNumber(value) ? (value < 0.001 ? "< 0.001" : value.toFixed(3)) : dash

/** "= 0.012" or "< 0.001". */
export const pInWords = (value: Maybe): string =>
  pValue(value).startsWith("<") ? pValue(value) : `= ${pValue(value)}`

/** Decimals of a metric's values; its differences get one more. */
export const decimalsOf = (metric: MetricName): number => metricTable[metric].decimals

export const metricName = byMetric((metric) => metricTable[metric].title)

/** What follows a value of the metric. */
export const unitOf = (metric: MetricName): string => (metricTable[metric].kind === "distance" ? " mm" : "")

/** Heading of a metric, with its unit. */
export const metricTitle = (metric: MetricName): string =>
  metricTable[metric].kind === "distance" ? `${metricName[metric]} (mm)` : metricName[metric]

/** A mean count: "3", "2.5". */
export const perRun = (count: number | null): string => fixed(count, Number.isInteger(count) ? 0 : 1)

/** "12 s", "3 min 20 s", "2 h 5 min". */
export const duration = (seconds: number): string => {
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}

/** "1 patient", "3 patients". */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`

/** "a", "a and b", "a, b and c". */
export const listed = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`
