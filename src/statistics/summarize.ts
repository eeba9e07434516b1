import { mean } from "./mean.ts"
import { median } from "./median.ts"
import { standardDeviation } from "./standardDeviation.ts"

/** Size, mean, standard deviation (n - 1) and median; null where undefined, never NaN. */
export const summarize = (
  values: ArrayLike<number>,
): {
  readonly n: number
  readonly mean: number | null
  readonly sd: number | null
  readonly median: number | null
} => ({ n: values.length, mean: mean(values), sd: standardDeviation(values), median: median(values) })
