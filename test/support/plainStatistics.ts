/** Statistics worked out as on paper, with loops over what they are defined by: nothing here is taken from src. */

export const plainMean = (values: readonly number[]): number | null => {
  let sum = 0
  for (const value of values) sum += value
  return values.length === 0 ? null : sum / values.length
}

/** With n - 1 in the denominator. */
export const plainSd = (values: readonly number[]): number | null => {
  if (values.length < 2) return null
  const centre = plainMean(values)!
  let squares = 0
  for (const value of values) squares += (value - centre) * (value - centre)
  return Math.sqrt(squares / (values.length - 1))
}

export const plainMedian = (values: readonly number[]): number | null => {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length / 2
  if (sorted.length === 0) return null
  return Number.isInteger(half) ? (sorted[half - 1]! + sorted[half]!) / 2 : sorted[Math.floor(half)]!
}

export const plainSummary = (values: readonly (number | null)[]) => {
  const defined = values.filter((value) => value !== null)
  return {
    n: defined.length,
    mean: plainMean(defined),
    sd: plainSd(defined),
    median: plainMedian(defined),
  }
}

/** P(|T| > |t|) for whole degrees of freedom: the finite series of Abramowitz & Stegun 26.7.3 and 26.7.4. */
export const plainTTails = (t: number, degrees: number): number => {
  const angle = Math.atan(Math.abs(t) / Math.sqrt(degrees))
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)]
  const odd = degrees % 2 === 1
  let term = odd ? cos : 1
  let sum = degrees === 1 ? 0 : term
  for (let k = odd ? 3 : 2; k <= degrees - 2; k += 2) {
    term *= ((k - 1) / k) * cos * cos
    sum += term
  }
  return 1 - (odd ? (2 / Math.PI) * (angle + sin * sum) : sin * sum)
}

/** scipy.stats.t.ppf(0.975, df) for df = 1, 2, ... 11 (scipy 1.17.1). */
const t975 = [
  12.706204736174694, 4.302652729749462, 3.1824463052837078, 2.7764451051977934, 2.5705818356363146,
  2.4469118511449786, 2.364624251592784, 2.306004135204166, 2.262157162798205, 2.228138851986274,
  2.200985160091639,
]

/** What is known of two columns, pair by pair; of at most twelve cases. null below two pairs. */
export const plainPair = (
  first: readonly (number | null)[],
  second: readonly (number | null)[],
  smallerIsBetter: boolean,
) => {
  const differences: number[] = []
  for (let i = 0; i < first.length; i++) {
    const [a, b] = [first[i] ?? null, second[i] ?? null]
    // To eleven decimals, so that what is equal on paper is equal here.
    if (a !== null && b !== null) differences.push(Math.round((a - b) * 1e11) / 1e11)
  }
  const dropped = first.length - differences.length
  const n = differences.length
  if (n < 2) return { dropped, result: null }

  const meanDifference = plainMean(differences)!
  const error = plainSd(differences)! / Math.sqrt(n)
  const half = t975[n - 2]! * error
  const sizes = differences.filter((difference) => difference !== 0).map(Math.abs)
  const rankOf = (size: number) =>
    sizes.filter((other) => other < size).length + (sizes.filter((other) => other === size).length + 1) / 2
  const ranks = sizes.map(rankOf)
  const signs = differences.filter((difference) => difference !== 0).map(Math.sign)
  // Every pattern of signs is as likely as another.
  const balance = (positive: (i: number) => boolean) =>
    ranks.reduce((sum, rank, i) => sum + (positive(i) ? rank : -rank), 0)
  const observed = balance((i) => signs[i]! > 0)
  let extreme = 0
  for (let pattern = 0; pattern < 2 ** ranks.length; pattern++)
    if (Math.abs(balance((i) => Math.floor(pattern / 2 ** i) % 2 === 1)) >= Math.abs(observed)) extreme++
  const total = ranks.reduce((sum, rank) => sum + rank, 0)
  const larger = differences.filter((difference) => difference > 0).length
  const smaller = differences.filter((difference) => difference < 0).length
  return {
    dropped,
    result: {
      n,
      meanDifference,
      medianDifference: plainMedian(differences)!,
      confidenceInterval: [meanDifference - half, meanDifference + half] as const,
      firstBetter: smallerIsBetter ? smaller : larger,
      secondBetter: smallerIsBetter ? larger : smaller,
      ties: n - larger - smaller,
      wilcoxonP: extreme / 2 ** ranks.length,
      pairedTP: meanDifference === 0 ? 1 : error === 0 ? 0 : plainTTails(meanDifference / error, n - 1),
      rankBiserial: total === 0 ? 0 : observed / total,
    },
  }
}

/** Holm's correction: of all p values that are no larger, the largest product with the number of those that are no
 *  smaller. */
export const plainHolm = (pValues: readonly number[]): number[] =>
  pValues.map((p) =>
    Math.max(
      ...pValues
        .filter((other) => other <= p)
        .map((other) => Math.min(1, other * pValues.filter((third) => third >= other).length)),
    ),
  )
