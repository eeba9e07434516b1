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

/** @param padded 0 or 1, with an empty margin of one pixel (jointCrop.ts) */
export const contour = (padded: Uint8Array, axes: Axes): Contour => {
  const sizeOf = surfaceElementSizes(axes.map(({ mm }) => mm))
  const row = axes.at(-2)!.stride
  const slice = axes.length === 3 ? axes[0].stride : 0
  const square = (i: number) =>
    (padded[i] << 3) | (padded[i + 1] << 2) | (padded[i + row] << 1) | padded[i + row + 1]
  const places = new Int32Array(padded.length)
  const sizes = new Float64Array(padded.length)
  let count = 0
  // A corner on the far margin has no pixel inside.
  for (let i = 0; i < padded.length - slice - row - 1; i++) {
    const code = slice === 0 ? square(i) : (square(i) << 4) | square(i + slice)
    if (code === 0 || code === sizeOf.length - 1) continue
    places[count] = i
    sizes[count++] = sizeOf[code]
  }
  return { places: places.slice(0, count), sizes: sizes.slice(0, count) }
}
