/** P values corrected for their number by Holm's step-down rule, in the given order: the i-th smallest of m is
 *  multiplied by m - i + 1, never below a smaller one's result, never above 1.
 *  Rejecting below alpha keeps the chance of any false finding below alpha, whatever depends on what.
 *  Source: Holm 1979. */
export const holm = (pValues: readonly number[]): number[] => {
  const order = pValues.map((_, i) => i).sort((i, j) => pValues[i]! - pValues[j]!)
  const adjusted = new Array<number>(pValues.length)
  let floor = 0
  order.forEach((index, i) => {
    floor = Math.min(1, Math.max(floor, pValues[index]! * (pValues.length - i)))
    adjusted[index] = floor
  })
  return adjusted
}
