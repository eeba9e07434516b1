/** The pairs of two columns (same cases, same order) where neither value is missing, and how many were not so.
 *  Throws RangeError when the columns differ in length. */
export const completePairs = (
  first: readonly (number | null)[],
  second: readonly (number | null)[],
): { readonly first: number[]; readonly second: number[]; readonly dropped: number } => {
  if (first.length !== second.length)
    throw new RangeError(`completePairs: ${first.length} cases against ${second.length}`)
  const pairs = first.flatMap((a, i) => {
    const b = second[i]!
    return a === null || b === null ? [] : [{ a, b }]
  })
  return {
    first: pairs.map(({ a }) => a),
    second: pairs.map(({ b }) => b),
    dropped: first.length - pairs.length,
  }
}
