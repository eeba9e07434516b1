/** first - second, pair by pair, to twelve digits of the larger of the two. So what is equal on paper is equal
 *  here, as ties and zeros need: 0.3 - 0.2 is 0.2 - 0.1, and two means that differ in the order of a sum are one.
 *  Throws RangeError when the columns differ in length. */
export const pairedDifferences = (first: readonly number[], second: readonly number[]): number[] => {
  if (first.length !== second.length)
    throw new RangeError(`pairedDifferences: ${first.length} cases against ${second.length}`)
  return first.map((a, i) => {
    const b = second[i]!
    const digitsBeforePoint = Math.floor(Math.log10(Math.max(Math.abs(a), Math.abs(b)))) + 1
    const decimals = Math.min(100, Math.max(0, 12 - digitsBeforePoint))
    const difference = Number((a - b).toFixed(decimals))
    return difference === 0 ? 0 : difference // not -0
  })
}
