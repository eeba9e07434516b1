import type { Mask, SpacingMm } from "./mask.ts"

/** Rows to the nearest site in the same column; -1 where the column has no site. */
const rowGaps = ({ rows, columns, data }: Mask): Int32Array => {
  const gaps = new Int32Array(rows * columns)
  for (let i = 0; i < gaps.length; i++) {
    const above = i < columns ? -1 : gaps[i - columns]!
    gaps[i] = data[i] === 1 ? 0 : above < 0 ? -1 : above + 1
  }
  for (let i = gaps.length - columns - 1; i >= 0; i--) {
    const below = gaps[i + columns]!
    if (below >= 0 && (gaps[i]! < 0 || gaps[i]! > below + 1)) gaps[i] = below + 1
  }
  return gaps
}

/** Exact SQUARED Euclidean distance, in mm², of every pixel centre to the nearest site (pixel that is 1).
 *  O(rows x columns) whatever the sites.
 *  @returns [rows, columns]; 0 at a site, Infinity everywhere when there is no site
 *  Source: Felzenszwalb & Huttenlocher 2012, Distance Transforms of Sampled Functions (lower envelope of
 *  parabolas); their first pass is a plain sweep here, since its input is 0 or nothing. */
export const squaredDistanceTransform = (sites: Mask, [rowMm, columnMm]: SpacingMm): Float64Array => {
  const { rows, columns } = sites
  const gaps = rowGaps(sites)
  const squared = new Float64Array(rows * columns).fill(Number.POSITIVE_INFINITY)
  // The lower envelope of one row, in units of columns (exact integers when pixels are square):
  // parabola k has its lowest point at (apex[k], height[k]) and is the lowest one from start[k] on.
  const apex = new Int32Array(columns)
  const height = new Float64Array(columns)
  const start = new Float64Array(columns)
  const rowInColumns2 = (rowMm / columnMm) * (rowMm / columnMm)
  const columnMm2 = columnMm * columnMm

  for (let offset = 0; offset < squared.length; offset += columns) {
    let count = 0
    for (let column = 0; column < columns; column++) {
      const gap = gaps[offset + column]!
      if (gap < 0) continue
      const h = gap * gap * rowInColumns2
      let from = 0
      for (; count > 0; count--) {
        const before = apex[count - 1]!
        from = ((h - height[count - 1]!) / (column - before) + column + before) / 2
        if (from > start[count - 1]!) break
      }
      apex[count] = column
      height[count] = h
      start[count] = count === 0 ? Number.NEGATIVE_INFINITY : from
      count++
    }
    if (count === 0) continue
    for (let column = 0, k = 0; column < columns; column++) {
      while (k + 1 < count && start[k + 1]! < column) k++
      const away = column - apex[k]!
      squared[offset + column] = columnMm2 * (height[k]! + away * away)
    }
  }
  return squared
}
