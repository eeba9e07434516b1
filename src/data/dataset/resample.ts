/** For each target cell of one axis: the first source cell it covers, and how much of each one from there on. */
interface Coverage {
  readonly starts: Int32Array
  readonly shares: readonly Float64Array[]
}

const coverageOf = (from: number, to: number): Coverage => {
  const starts = new Int32Array(to)
  const shares = Array.from({ length: to }, (_, cell) => {
    // In units of 1 / to of a source cell, where every border is a whole number.
    const begin = cell * from
    const end = begin + from
    const first = Math.floor(begin / to)
    const last = Math.ceil(end / to)
    starts[cell] = first
    return Float64Array.from({ length: last - first }, (_, i) => {
      const source = (first + i) * to
      return (Math.min(end, source + to) - Math.max(begin, source)) / from
    })
  })
  return { starts, shares }
}

/** Mean of an image over the area of each target pixel (a box filter): free of aliasing for any ratio down, and
 *  blocks of equal pixels going up. A constant image stays exactly as it is.
 *  @param pixels [fromRows, fromColumns]
 *  @returns [toRows, toColumns], summed in float64 */
export const areaAverage = (
  pixels: Float32Array,
  fromRows: number,
  fromColumns: number,
  toRows: number,
  toColumns: number,
): Float32Array => {
  const across = coverageOf(fromColumns, toColumns)
  const down = coverageOf(fromRows, toRows)
  const result = new Float32Array(toRows * toColumns)
  const line = new Float64Array(fromColumns)
  for (let row = 0; row < toRows; row++) {
    line.fill(0)
    const rowShares = down.shares[row]!
    for (let i = 0; i < rowShares.length; i++) {
      const share = rowShares[i]!
      const start = (down.starts[row]! + i) * fromColumns
      for (let column = 0; column < fromColumns; column++) line[column]! += share * pixels[start + column]!
    }
    for (let column = 0; column < toColumns; column++) {
      const shares = across.shares[column]!
      const start = across.starts[column]!
      let sum = 0
      for (let i = 0; i < shares.length; i++) sum += shares[i]! * line[start + i]!
      result[row * toColumns + column] = sum
    }
  }
  return result
}

/** A mask at another size: 1 where at least half of the target pixel's area is inside.
 *  @param mask [fromRows, fromColumns] 0 or 1 */
export const areaMajority = (
  mask: Uint8Array,
  fromRows: number,
  fromColumns: number,
  toRows: number,
  toColumns: number,
): Uint8Array =>
  // The shares are rounded to float32 first, so that exactly one half is not lost to the last bit of float64.
  Uint8Array.from(areaAverage(new Float32Array(mask), fromRows, fromColumns, toRows, toColumns), (share) =>
    share >= 0.5 ? 1 : 0,
  )
