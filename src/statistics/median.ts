import { quantile } from "./quantile.ts"

/** Middle value, or the mean of the two middle ones; null of no values. */
export const median = (values: ArrayLike<number>): number | null => quantile(values, 0.5)
