import type { MetricName } from "./scores.ts"

/** What a metric is called and how its values are read. */
export interface MetricFacts {
  readonly title: string
  /** share: in [0, 1], 1 is best. distance: in mm, 0 is best. */
  readonly kind: "share" | "distance"
  /** Of its values in tables. */
  readonly decimals: number
}

const share = (title: string): MetricFacts => ({ title, kind: "share", decimals: 3 })
const distance = (title: string): MetricFacts => ({ title, kind: "distance", decimals: 2 })

export const metricTable: Readonly<Record<MetricName, MetricFacts>> = {
  dice: share("Dice"),
  iou: share("IoU"),
  precision: share("Precision"),
  recall: share("Recall"),
  hd: distance("HD"),
  hd95: distance("HD95"),
  assd: distance("ASSD"),
  nsd: share("NSD"),
}

export const isMetric = (name: string): name is MetricName => Object.hasOwn(metricTable, name)

/** Name of a metric's column in a CSV file: with its unit. */
export const csvColumn = (metric: MetricName): string =>
  metricTable[metric].kind === "distance" ? `${metric}_mm` : metric
