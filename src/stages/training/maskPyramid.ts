/** A mask at full resolution, a half, a quarter ..., each 1 where at least half of its block of the full mask is.
 *  @param mask [rows, columns] 0 or 1; the first of the result is this array
 *  @param scales how many, at most 4: a block holds up to 64 pixels, which a byte counts
 *  @returns [rows / 2^i, columns / 2^i]; rows and columns must be divisible by the last 2^i */
export const maskPyramid = (
  mask: Uint8Array,
  rows: number,
  columns: number,
  scales: number,
): readonly Uint8Array[] => {
  const masks = [mask]
  let counts = mask
  for (let scale = 1; scale < scales; scale++) {
    counts = sumsOfFour(counts, rows >> scale, columns >> scale)
    const half = 2 ** (2 * scale - 1)
    const coarse = new Uint8Array(counts.length)
    for (let i = 0; i < coarse.length; i++) coarse[i] = counts[i]! >= half ? 1 : 0
    masks.push(coarse)
  }
  return masks
}

/** @returns [rows, columns], each the sum of a block of 2 x 2 */
const sumsOfFour = (fine: Uint8Array, rows: number, columns: number): Uint8Array => {
  const sums = new Uint8Array(rows * columns)
  const below = 2 * columns
  for (let row = 0, i = 0; row < rows; row++)
    for (let column = 0; column < columns; column++, i++) {
      const at = 4 * row * columns + 2 * column
      sums[i] = fine[at]! + fine[at + 1]! + fine[at + below]! + fine[at + below + 1]!
    }
  return sums
}
