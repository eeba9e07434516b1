import { isMetric, metricTable } from "./metricTable.ts"

/** Whether a smaller value of the metric is the better one: of distances. Of a name that losslab does not know, no. */
export const smallerIsBetter = (metric: string): boolean =>
  isMetric(metric) && metricTable[metric].kind === "distance"
