import { isMetric } from "../../metrics/metricTable.ts"
import type { MetricName } from "../../metrics/scores.ts"

/** The metric that a word names, in any capitals, with or without the unit that losslab's own tables add
 *  ("hd95_mm"); null when it names none. */
export const metricNamed = (word: string): MetricName | null => {
  const name = word.trim().toLowerCase().replace(/_mm$/, "")
  return isMetric(name) ? name : null
}
