import { mean } from "./mean.ts"

/** Standard deviation of a sample, with n - 1 in the denominator; null below two values. */
export const standardDeviation = (values: ArrayLike<number>): number | null => {
  const centre = mean(values)
  if (centre === null || values.length < 2) return null
  let squares = 0
  for (let i = 0; i < values.length; i++) squares += (values[i]! - centre) ** 2
  return Math.sqrt(squares / (values.length - 1))
}
