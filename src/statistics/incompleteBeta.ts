import { logGamma } from "./logGamma.ts"

/** The continued fraction of the incomplete beta function, by Lentz's method; for x below the mean. */
const continuedFraction = (a: number, b: number, x: number): number => {
  const away = (value: number) => (Math.abs(value) < 1e-300 ? 1e-300 : value)
  let numerator = 1
  let denominator = 1 / away(1 - ((a + b) * x) / (a + 1))
  let fraction = denominator
  const times = (coefficient: number): number => {
    numerator = away(1 + coefficient / numerator)
    denominator = 1 / away(1 + coefficient * denominator)
    fraction *= numerator * denominator
    return Math.abs(numerator * denominator - 1)
  }
  for (let m = 1; m <= 10_000; m++) {
    times((m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)))
    if (times((-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))) < 1e-15) break
  }
  return fraction
}

/** Regularised incomplete beta function I_x(a, b), the distribution function of Beta(a, b).
 *  @param a > 0  @param b > 0  @param x in [0, 1]  @returns in [0, 1], about 13 digits
 *  Source: DLMF 8.17.22 (continued fraction) and 8.17.4 (symmetry). */
export const incompleteBeta = (a: number, b: number, x: number): number => {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
  return x < (a + 1) / (a + b + 2)
    ? (front * continuedFraction(a, b, x)) / a
    : 1 - (front * continuedFraction(b, a, 1 - x)) / b
}
