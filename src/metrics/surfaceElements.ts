import type { SpacingMm } from "./mask.ts"

/** The pieces of contour that run through a neighbourhood of 2 x 2 pixels, or of surface through one of 2 x 2 x 2,
 *  by which of its pixels are inside: the first pixel is the highest bit, the last axis runs fastest. A piece is
 *  written as its normal, axis by axis, whose length is the piece's size for pixels of 1 mm, without signs, in
 *  halves (two dimensions) or eighths. One neighbourhood of each kind is enough: the others are its mirror images,
 *  turned ones, and those with inside and outside exchanged.
 *  Source: the numbers of google-deepmind/surface-distance (its contour lengths and its table of surface normals,
 *  made by marching cubes), which this gives back for every one of the 16 and 256 neighbourhoods. Where the surface
 *  could run in two ways they are not always the smaller one. */
const kinds = {
  2: { 0: "", 1: "11", 3: "20", 6: "11 11" },
  3: {
    0: "",
    1: "111",
    3: "220 220",
    6: "111 111",
    7: "400 222 111",
    15: "400 400",
    22: "111 111 111",
    23: "222 222 111 111",
    24: "111 111",
    25: "022 022 111",
    27: "333 022 202 111",
    30: "400 222 111 111",
    60: "220 220 220 220",
    105: "111 111 111 111",
  },
} as const

type Normal = readonly number[]

/** The number that has the bits of `code` at other positions. */
const moved = (code: number, to: (bit: number) => number): number => {
  let result = 0
  for (let bit = 0; code >> bit > 0; bit++) if ((code >> bit) & 1) result |= 1 << to(bit)
  return result
}

/** The pieces of every neighbourhood, by its code. */
const allElements = (dimensions: 2 | 3): readonly (readonly Normal[])[] => {
  const codes = 2 ** (2 ** dimensions)
  const elements = new Array<readonly Normal[] | undefined>(codes)
  const spread = (code: number, normals: readonly Normal[]): void => {
    if (elements[code] !== undefined) return
    elements[code] = normals
    spread(codes - 1 - code, normals)
    // The number of a pixel has a binary digit for each axis, the last axis lowest.
    for (let axis = 0; axis < dimensions; axis++) {
      const digit = dimensions - 1 - axis
      spread(
        moved(code, (pixel) => pixel ^ (1 << digit)),
        normals,
      )
      if (axis === 0) continue
      const exchange = (pixel: number) => {
        const differ = ((pixel >> digit) ^ (pixel >> (digit + 1))) & 1
        return pixel ^ (differ << digit) ^ (differ << (digit + 1))
      }
      spread(
        moved(code, exchange),
        normals.map((normal) => normal.with(axis, normal[axis - 1]).with(axis - 1, normal[axis])),
      )
    }
  }
  const unit = dimensions === 2 ? 2 : 8
  for (const [code, pieces] of Object.entries(kinds[dimensions]))
    spread(
      Number(code),
      (pieces.match(/\d+/g) ?? []).map((piece) => Array.from(piece, (digit) => Number(digit) / unit)),
    )
  return elements.map((normals) => normals ?? [])
}

const elements = { 2: allElements(2), 3: allElements(3) }

/** Length in mm of the contour in each of the 16 neighbourhoods of two dimensions, or area in mm² of the surface in
 *  each of the 256 of three, by the neighbourhood's code. */
export const surfaceElementSizes = (spacingMm: SpacingMm): Float64Array => {
  const product = spacingMm.reduce((all, mm) => all * mm)
  const size = (normal: Normal) =>
    Math.hypot(...normal.map((part, axis) => (part * product) / spacingMm[axis]))
  return Float64Array.from(elements[spacingMm.length === 2 ? 2 : 3], (normals) =>
    normals.reduce((sum, normal) => sum + size(normal), 0),
  )
}
