/** How finely an octave of shares, (1/2, 1] and its halves, is divided. */
const nodes = 128
const octaves = 32

/** low + range * ((value - low) / range) ** exponent of each value, the very float32 that this expression rounds to,
 *  in a fifth of the time that `**` takes.
 *  A share s of the range is node * (1 + r) / 2^k with |r| at most 2^-8, so s^exponent is a tabled power of the node,
 *  times one of 2^k, times the binomial series of (1 + r)^exponent, here up to r^5. That leaves an error of which
 *  `slack` is a bound; where the sum rounds to two float32 within it, and for shares below 2^-31, `**` decides.
 *  @param values of [low, low + range]   @param range above 0   @param exponent above 0 */
export const bent = (
  values: Float32Array,
  { low, range, exponent }: { readonly low: number; readonly range: number; readonly exponent: number },
): Float32Array => {
  const c2 = (exponent * (exponent - 1)) / 2
  const c3 = (c2 * (exponent - 2)) / 3
  const c4 = (c3 * (exponent - 3)) / 4
  const c5 = (c4 * (exponent - 4)) / 5
  const c6 = (c5 * (exponent - 5)) / 6
  // The series ends before c6 r^6, at most |c6| 2^-48; the rest is rounding: of r, exponent times, and a few more.
  const slack = (Math.abs(c6) + exponent + 1) * 2 ** -47

  // Not a number for what is below the first octave: such a share fits no node.
  const powers = new Float64Array(2 * nodes).fill(Number.NaN)
  const inverses = new Float64Array(2 * nodes)
  for (let node = nodes; node < 2 * nodes; node++) {
    powers[node] = ((node + 0.5) / nodes) ** exponent
    inverses[node] = nodes / (node + 0.5)
  }
  const up = Float64Array.from({ length: octaves + 1 }, (_, k) => 2 ** k)
  const down = up.map((scale) => range * scale ** -exponent)

  const result = new Float32Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const share = (values[i]! - low) / range
    const k = Math.clz32(share * 2 ** 31)
    const mantissa = share * up[k]! // in [1, 2)
    const node = (mantissa * nodes) | 0
    const r = mantissa * inverses[node]! - 1
    const series = 1 + r * (exponent + r * (c2 + r * (c3 + r * (c4 + r * c5))))
    const power = down[k]! * powers[node]! * series
    const error = power * slack
    const bent = Math.fround(low + (power - error))
    result[i] = bent === Math.fround(low + (power + error)) ? bent : low + range * share ** exponent
  }
  return result
}
