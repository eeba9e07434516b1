import fc from "fast-check"
import type { Mask, SpacingMm } from "../../src/metrics/mask.ts"

/** A mask drawn as text: "#" is 1, anything else 0. */
export const draw = (...lines: readonly string[]): Mask => ({
  rows: lines.length,
  columns: lines[0]!.length,
  data: Uint8Array.from([...lines.join("")], (character) => (character === "#" ? 1 : 0)),
})

/** A mask by rule. */
export const maskOf = (
  rows: number,
  columns: number,
  rule: (row: number, column: number) => boolean,
): Mask => ({
  rows,
  columns,
  data: Uint8Array.from({ length: rows * columns }, (_, i) =>
    rule(Math.floor(i / columns), i % columns) ? 1 : 0,
  ),
})

/** A mask packed by NumPy's packbits and written as hexadecimal. */
export const unpack = (rows: number, columns: number, hex: string): Mask => {
  const bytes = Buffer.from(hex, "hex")
  return maskOf(rows, columns, (row, column) => {
    const i = row * columns + column
    return ((bytes[i >> 3]! >> (7 - (i & 7))) & 1) === 1
  })
}

export const flipped = (mask: Mask): Mask =>
  maskOf(mask.rows, mask.columns, (r, c) => mask.data[r * mask.columns + mask.columns - 1 - c] === 1)

/** Rotated by 90 degrees. */
export const rotated = (mask: Mask): Mask =>
  maskOf(mask.columns, mask.rows, (r, c) => mask.data[(mask.rows - 1 - c) * mask.columns + r] === 1)

/** With empty rows above and below, and empty columns left and right. */
export const padded = (mask: Mask, above: number, below: number, left: number, right: number): Mask =>
  maskOf(
    mask.rows + above + below,
    mask.columns + left + right,
    (r, c) => c >= left && c < left + mask.columns && mask.data[(r - above) * mask.columns + c - left] === 1,
  )

const maskOfSize = (rows: number, columns: number): fc.Arbitrary<Mask> =>
  fc
    .oneof(
      // From sparse to dense, then full and empty.
      ...[1, 3, 7].map((ones) =>
        fc.array(
          fc.integer({ min: 0, max: 7 }).map((n) => (n < ones ? 1 : 0)),
          { minLength: rows * columns, maxLength: rows * columns },
        ),
      ),
      fc.constantFrom(0, 1).map((value) => new Array<number>(rows * columns).fill(value)),
    )
    .map((pixels) => ({ rows, columns, data: Uint8Array.from(pixels) }))

const size = fc.integer({ min: 1, max: 9 })

/** Masks of up to 9 x 9 pixels; may be empty or full. */
export const anyMask = fc.tuple(size, size).chain(([rows, columns]) => maskOfSize(rows, columns))

/** Two masks of one size; either may be empty or full. */
export const maskPair = fc
  .tuple(size, size)
  .chain(([rows, columns]) => fc.tuple(maskOfSize(rows, columns), maskOfSize(rows, columns)))

const spacing = fc.integer({ min: 3, max: 200 }).map((hundredths) => hundredths / 100)

/** Spacings from 0.03 to 2 mm, not the same in both directions. */
export const anySpacing: fc.Arbitrary<SpacingMm> = fc.tuple(spacing, spacing)
