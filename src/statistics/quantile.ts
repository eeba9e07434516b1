import { orderStatistic } from "./orderStatistic.ts"

/** Quantile with linear interpolation between the order statistics around (n - 1) q, NumPy's default
 *  (type 7 of Hyndman & Fan 1996); null of no values.
 *  @param q in [0, 1] */
export const quantile = (values: ArrayLike<number>, q: number): number | null => {
  if (values.length === 0) return null
  const some = Float64Array.from(values)
  const position = (some.length - 1) * q
  const below = Math.floor(position)
  const low = orderStatistic(some, below)
  if (position === below) return low
  let high = Number.POSITIVE_INFINITY // the smallest of those after it
  for (let i = below + 1; i < some.length; i++) high = Math.min(high, some[i])
  return low + (high - low) * (position - below)
}
