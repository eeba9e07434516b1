import { fourOnes, foursOf } from "../tensor/fours.ts"
import type { Axes } from "./axes.ts"
import { surfaceElementSizes } from "./surfaceElements.ts"

/** The contour of a mask (its surface, in three dimensions) as points with sizes. A point lies at the corner between
 *  2 x 2 (x 2) pixels that are neither all inside nor all outside; its size is the length (area) of the contour there. */
export interface Contour {
  /** Places of the points, ascending: that of the pixel before the corner along every axis. */
  readonly places: Int32Array
  /** mm, or mm² in three dimensions. */
  readonly sizes: Float64Array
}

/** @param padded 0 or 1, with an empty margin of one pixel and rows of a multiple of four pixels (jointCrop.ts) */
export const contour = (padded: Uint8Array, axes: Axes): Contour => {
  const sizeOf = surfaceElementSizes(axes.map(({ mm }) => mm))
  const full = sizeOf.length - 1
  const row = axes[axes.length - 2].stride
  const slice = axes.length === 3 ? axes[0].stride : 0
  const square = (i: number) =>
    (padded[i] << 3) | (padded[i + 1] << 2) | (padded[i + row] << 1) | padded[i + row + 1]
  const codeAt = (i: number) => (slice === 0 ? square(i) : (square(i) << 4) | square(i + slice))
  const places = new Int32Array(padded.length)
  const sizes = new Float64Array(padded.length)
  let count = 0
  // Four corners at a time: mostly the pixels around all of them are alike. Beyond the end there is only margin.
  const fours = foursOf(padded)
  const end = padded.length - slice - row
  for (let start = 0; start < end; start += 4) {
    const four = start / 4
    const ones = fours[four]
    const alike =
      fours[four + row / 4] === ones &&
      fours[four + slice / 4] === ones &&
      fours[four + (slice + row) / 4] === ones
    if (alike && (ones === 0 || ones === fourOnes)) {
      const code = codeAt(start + 3)
      if (code === 0 || code === full) continue
    }
    for (let i = start; i < start + 4; i++) {
      const code = codeAt(i)
      if (code === 0 || code === full) continue
      places[count] = i
      sizes[count++] = sizeOf[code]
    }
  }
  return { places: places.slice(0, count), sizes: sizes.slice(0, count) }
}
