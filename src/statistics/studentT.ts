import { incompleteBeta } from "./incompleteBeta.ts"

/** P(|T| > |t|) of Student's t with the given degrees of freedom; t may be infinite. */
export const studentTTails = (t: number, degreesOfFreedom: number): number =>
  Number.isFinite(t)
    ? incompleteBeta(degreesOfFreedom / 2, 0.5, degreesOfFreedom / (degreesOfFreedom + t * t))
    : 0

/** The t >= 0 with P(|T| <= t) = level, by bisection: what a confidence interval multiplies its standard error by.
 *  @param level in (0, 1) */
export const studentTQuantile = (level: number, degreesOfFreedom: number): number => {
  const outside = 1 - level
  let low = 0
  let high = 1
  while (studentTTails(high, degreesOfFreedom) > outside) high *= 2
  for (;;) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) return middle
    if (studentTTails(middle, degreesOfFreedom) > outside) low = middle
    else high = middle
  }
}
