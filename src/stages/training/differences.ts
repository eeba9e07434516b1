/** Where two runs of the same computation differ most. */
export interface Difference {
  /** Name of the array. */
  readonly where: string
  /** Largest absolute difference in it, as a share of its largest expected absolute value; Infinity when a number
   *  is not finite on one side alone, or when 0 everywhere is expected. */
  readonly relative: number
  /** How many of the arrays differ in any bit, and how many there are. */
  readonly arrays: number
  readonly of: number
}

/** Compares arrays bit for bit; all not-a-numbers are alike. Null when none differs. */
export const worstDifference = (
  named: readonly (readonly [name: string, expected: Float32Array, found: Float32Array])[],
): Difference | null => {
  const differing = named.flatMap(([where, expected, found]) => {
    const relative = relativeDifference(expected, found)
    return relative === null ? [] : [{ where, relative }]
  })
  if (differing.length === 0) return null
  const worst = differing.reduce((a, b) => (b.relative > a.relative ? b : a))
  return { ...worst, arrays: differing.length, of: named.length }
}

/** Null when every bit is the same. A zero of the other sign is a difference of 0. */
const relativeDifference = (expected: Float32Array, found: Float32Array): number | null => {
  if (expected.length !== found.length) return Number.POSITIVE_INFINITY
  let same = true
  let difference = 0
  let largest = 0
  for (let i = 0; i < expected.length; i++) {
    const [a, b] = [expected[i]!, found[i]!]
    largest = Math.max(largest, Number.isFinite(a) ? Math.abs(a) : 0)
    if (Object.is(a, b)) continue
    same = false
    const apart = Math.abs(a - b)
    difference = Math.max(difference, Number.isFinite(apart) ? apart : Number.POSITIVE_INFINITY)
  }
  if (same) return null
  return difference === 0 ? 0 : difference / largest
}
