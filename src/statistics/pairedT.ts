import { mean } from "./mean.ts"
import { standardDeviation } from "./standardDeviation.ts"
import { studentTQuantile, studentTTails } from "./studentT.ts"

/** Two-sided paired t test of the mean difference being zero, and the confidence interval of that mean.
 *  Equal differences have no spread: p is 1 when they are zero and 0 otherwise.
 *  @param level of the interval, in (0, 1)
 *  @returns null below two differences */
export const pairedT = (
  differences: readonly number[],
  level = 0.95,
): { readonly p: number; readonly confidenceInterval: readonly [low: number, high: number] } | null => {
  const centre = mean(differences)
  const sd = standardDeviation(differences)
  if (centre === null || sd === null) return null
  const degreesOfFreedom = differences.length - 1
  const standardError = sd / Math.sqrt(differences.length)
  const half = studentTQuantile(level, degreesOfFreedom) * standardError
  return {
    p: centre === 0 ? 1 : studentTTails(centre / standardError, degreesOfFreedom),
    confidenceInterval: [centre - half, centre + half],
  }
}
