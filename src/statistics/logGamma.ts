// Lanczos' approximation with g = 7 and nine terms (coefficients of Paul Godfrey).
const g = 7
const coefficients = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

/** Logarithm of the gamma function of x > 0, to about 13 digits. */
export const logGamma = (x: number): number => {
  // Gamma(x) = Gamma(x + 1) / x keeps the series where it is accurate.
  if (x < 0.5) return logGamma(x + 1) - Math.log(x)
  const series = coefficients.reduce((sum, c, i) => (i === 0 ? c : sum + c / (x - 1 + i)), 0)
  const t = x - 0.5 + g
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(series)
}
