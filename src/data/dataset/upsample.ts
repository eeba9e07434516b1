/** The two source cells on either side of each target cell along one axis, and how to weigh them. */
interface Interpolation {
  /** The first of the two; the other is the next, or the same where there is only one. */
  readonly left: Int32Array
  /** Of the other. */
  readonly weight: Float64Array
}

/** Linear interpolation along one axis with half-pixel centres; beyond the outermost centres, their values. */
const interpolationOf = (from: number, to: number): Interpolation => {
  const left = new Int32Array(to)
  const weight = new Float64Array(to)
  for (let cell = 0; cell < to; cell++) {
    const position = Math.min(from - 1, Math.max(0, ((cell + 0.5) * from) / to - 0.5))
    left[cell] = Math.min(Math.floor(position), Math.max(0, from - 2))
    weight[cell] = position - left[cell]!
  }
  return { left, weight }
}

/** The line between two source rows on which a target row lies.
 *  @param start where the upper row begins   @param next how far on the lower one does   @param below its weight
 *  @param line [fromColumns], is overwritten */
const interpolateRows = (
  pixels: Float32Array,
  start: number,
  next: number,
  below: number,
  line: Float64Array,
): void => {
  for (let column = 0; column < line.length; column++)
    line[column] = pixels[start + column]! * (1 - below) + pixels[start + column + next]! * below
}

/** Bilinear interpolation with half-pixel centres, for predictions on their way back to native resolution; the same
 *  as PyTorch's interpolate with align_corners=False.
 *  @param pixels [fromRows, fromColumns]
 *  @returns [toRows, toColumns], within the range of the pixels */
export const upsampleBilinear = (
  pixels: Float32Array,
  fromRows: number,
  fromColumns: number,
  toRows: number,
  toColumns: number,
): Float32Array => {
  const across = interpolationOf(fromColumns, toColumns)
  const down = interpolationOf(fromRows, toRows)
  const nextColumn = fromColumns > 1 ? 1 : 0
  const nextRow = fromRows > 1 ? fromColumns : 0
  const result = new Float32Array(toRows * toColumns)
  const line = new Float64Array(fromColumns)
  for (let row = 0; row < toRows; row++) {
    interpolateRows(pixels, down.left[row]! * fromColumns, nextRow, down.weight[row]!, line)
    for (let column = 0; column < toColumns; column++) {
      const left = across.left[column]!
      const right = across.weight[column]!
      result[row * toColumns + column] = line[left]! * (1 - right) + line[left + nextColumn]! * right
    }
  }
  return result
}

/** Away from the threshold by more than what rounding to float32 could make of a value in [0, 1]. */
const margin = 1e-6

/** Where upsampleBilinear reaches a threshold, pixel for pixel the same, without working out the values between
 *  source pixels that all lie on one side of it.
 *  @param pixels [fromRows, fromColumns] in [0, 1]
 *  @param result [toRows, toColumns] zeros; where the value is at least the threshold it becomes 1 */
export const upsampleMask = (
  pixels: Float32Array,
  fromRows: number,
  fromColumns: number,
  toRows: number,
  toColumns: number,
  threshold: number,
  result: Uint8Array,
): void => {
  const across = interpolationOf(fromColumns, toColumns)
  const down = interpolationOf(fromRows, toRows)
  const nextColumn = fromColumns > 1 ? 1 : 0
  const nextRow = fromRows > 1 ? fromColumns : 0
  // Target columns from starts[gap] on lie between source columns gap and gap + 1.
  const gaps = Math.max(1, fromColumns - 1)
  const starts = new Int32Array(gaps + 1)
  for (const left of across.left) starts[left + 1]!++
  for (let gap = 0; gap < gaps; gap++) starts[gap + 1]! += starts[gap]!
  const line = new Float64Array(fromColumns)
  const isInside = (gap: number) =>
    line[gap]! >= threshold + margin && line[gap + nextColumn]! >= threshold + margin
  const isOutside = (gap: number) =>
    line[gap]! < threshold - margin && line[gap + nextColumn]! < threshold - margin
  for (let row = 0; row < toRows; row++) {
    interpolateRows(pixels, down.left[row]! * fromColumns, nextRow, down.weight[row]!, line)
    const start = row * toColumns
    for (let gap = 0; gap < gaps; ) {
      const first = gap
      while (gap < gaps && isInside(gap)) gap++
      if (gap > first) result.fill(1, start + starts[first]!, start + starts[gap]!)
      while (gap < gaps && isOutside(gap)) gap++
      if (gap > first) continue
      for (let column = starts[gap]!; column < starts[gap + 1]!; column++) {
        const right = across.weight[column]!
        const value = line[gap]! * (1 - right) + line[gap + nextColumn]! * right
        if (Math.fround(value) >= threshold) result[start + column] = 1
      }
      gap++
    }
  }
}
