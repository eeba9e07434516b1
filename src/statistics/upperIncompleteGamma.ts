import { logGamma } from "./logGamma.ts"

/** Regularised upper incomplete gamma function Q(a, x) = Gamma(a, x) / Gamma(a).
 *  @param a > 0  @param x >= 0  @returns in [0, 1], about 13 digits
 *  Source: DLMF 8.11.4 (series of P = 1 - Q, for small x) and 8.9.2 (continued fraction, by Lentz's method). */
export const upperIncompleteGamma = (a: number, x: number): number => {
  if (x <= 0) return 1
  const front = Math.exp(a * Math.log(x) - x - logGamma(a))
  if (x < a + 1) {
    let term = 1 / a
    let sum = term
    for (let n = 1; term > sum * 1e-16; n++) {
      term *= x / (a + n)
      sum += term
    }
    return 1 - front * sum
  }
  let b = x + 1 - a
  let c = Number.POSITIVE_INFINITY
  let d = 1 / b
  let fraction = d
  for (let n = 1; n <= 10_000; n++) {
    const coefficient = -n * (n - a)
    b += 2
    d = 1 / (b + coefficient * d)
    c = b + coefficient / c
    fraction *= c * d
    if (Math.abs(c * d - 1) < 1e-15) break
  }
  return front * fraction
}
