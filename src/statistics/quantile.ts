/** Quantile with linear interpolation between the order statistics around (n - 1) q, NumPy's default
 *  (type 7 of Hyndman & Fan 1996); null of no values.
 *  @param q in [0, 1] */
export const quantile = (values: ArrayLike<number>, q: number): number | null =>
  quantileOfSorted(Float64Array.from(values).sort(), q)

/** The same of values in ascending order. */
export const quantileOfSorted = (sorted: ArrayLike<number>, q: number): number | null => {
  if (sorted.length === 0) return null
  const position = (sorted.length - 1) * q
  const below = Math.floor(position)
  const low = sorted[below]!
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!
  return low + (high - low) * (position - below)
}
