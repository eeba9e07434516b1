import { failure } from "../../failure/failure.ts"
import type { Geometry } from "./dataset.ts"
import { areaAverage, areaMajority } from "./resample.ts"
import { upsampleBilinear, upsampleMask } from "./upsample.ts"

/** How slices reach the training size: stretched to it, whatever their own size; or resampled to one spacing, so that
 *  a millimetre is as many pixels in every case, and then cropped or padded about their centre. */
export type Resize =
  | { readonly kind: "size" }
  | { readonly kind: "spacing"; readonly spacingMm: readonly [row: number, column: number] }

/** The size that a network is trained on, and how slices reach it. */
export interface Training {
  readonly rows: number
  readonly columns: number
  readonly resize: Resize
}

/** The way of one case's slices to the training size and back. Arrays are [rows, columns] of one slice. */
export interface Fit {
  /** Size before cropping and padding. */
  readonly canvas: { readonly rows: number; readonly columns: number }
  /** An image at the training size: each pixel the mean over its area; 0 where the slice does not reach. */
  image(native: Float32Array): Float32Array
  /** A mask at the training size: 1 where at least half of a pixel's area is inside; 0 where the slice does not reach. */
  mask(native: Uint8Array): Uint8Array
  /** From the training size to the canvas; 0 where it was cropped. */
  uncrop(trained: Float32Array): Float32Array
  /** From the training size to native resolution, bilinear; 0 where it was cropped. */
  native(trained: Float32Array): Float32Array
  /** Sets to 1, in a mask of zeros at native resolution, where `native` is at least the threshold.
   *  @param trained in [0, 1] */
  markNative(trained: Float32Array, threshold: number, mask: Uint8Array): void
  /** Native pixels of a mask whose centres are cropped away. */
  cropped(native: Uint8Array): number
}

const longestSide = 16384
const mostPixels = 2 ** 26

/** @param geometry as sliced
 *  Throws Failure("data") when the spacing would make slices too large to hold. */
export const fitOf = ({ rows, columns, resize }: Training, geometry: Geometry): Fit => {
  const [fromColumns, fromRows] = geometry.shape
  const canvas = canvasOf({ rows, columns, resize }, geometry)
  const isWhole = canvas.rows === rows && canvas.columns === columns
  const top = Math.floor((canvas.rows - rows) / 2)
  const left = Math.floor((canvas.columns - columns) / 2)
  /** Copies what two sizes share, the one shifted against the other; elsewhere 0. */
  const placed = <A extends Float32Array | Uint8Array>(from: A, to: A, inwards: boolean): A => {
    const firstRow = Math.max(0, top)
    const lastRow = Math.min(canvas.rows, top + rows)
    const firstColumn = Math.max(0, left)
    const lastColumn = Math.min(canvas.columns, left + columns)
    for (let row = firstRow; row < lastRow; row++) {
      const onCanvas = row * canvas.columns + firstColumn
      const trained = (row - top) * columns + firstColumn - left
      const [source, target] = inwards ? [onCanvas, trained] : [trained, onCanvas]
      to.set(from.subarray(source, source + lastColumn - firstColumn), target)
    }
    return to
  }
  const crop = <A extends Float32Array | Uint8Array>(from: A, empty: A): A =>
    isWhole ? from : placed(from, empty, true)
  const pixels = rows * columns
  const uncrop = (trained: Float32Array) =>
    isWhole ? trained : placed(trained, new Float32Array(canvas.rows * canvas.columns), false)
  return {
    canvas,
    image: (native) =>
      crop(areaAverage(native, fromRows, fromColumns, canvas.rows, canvas.columns), new Float32Array(pixels)),
    mask: (native) =>
      crop(areaMajority(native, fromRows, fromColumns, canvas.rows, canvas.columns), new Uint8Array(pixels)),
    uncrop,
    native: (trained) =>
      upsampleBilinear(uncrop(trained), canvas.rows, canvas.columns, fromRows, fromColumns),
    markNative: (trained, threshold, mask) =>
      upsampleMask(uncrop(trained), canvas.rows, canvas.columns, fromRows, fromColumns, threshold, mask),
    cropped: (native) => {
      const isKept = (at: number, from: number, to: number, start: number, size: number) => {
        const centre = ((at + 0.5) * to) / from - start
        return centre >= 0 && centre < size
      }
      const keptColumn = Array.from({ length: fromColumns }, (_, column) =>
        isKept(column, fromColumns, canvas.columns, left, columns),
      )
      let count = 0
      for (let row = 0; row < fromRows; row++) {
        const keptRow = isKept(row, fromRows, canvas.rows, top, rows)
        for (let column = 0; column < fromColumns; column++)
          if (native[row * fromColumns + column] === 1 && !(keptRow && keptColumn[column])) count++
      }
      return count
    },
  }
}

const canvasOf = ({ rows, columns, resize }: Training, { shape, spacingMm }: Geometry): Fit["canvas"] => {
  if (resize.kind === "size") return { rows, columns }
  const side = (pixels: number, from: number, to: number) => Math.max(1, Math.round((pixels * from) / to))
  const canvas = {
    rows: side(shape[1], spacingMm[1], resize.spacingMm[0]),
    columns: side(shape[0], spacingMm[0], resize.spacingMm[1]),
  }
  const { rows: r, columns: c } = canvas
  if (r <= longestSide && c <= longestSide && r * c <= mostPixels) return canvas
  throw failure("data", {
    message: "slices would be too large at the spacing of load.resize",
    path: "load.resize.spacingMm",
    expected: `at most ${longestSide} pixels a side and ${mostPixels} in all`,
    found: `${r} x ${c} pixels, from ${shape[1]} x ${shape[0]} of ${spacingMm[1]} x ${spacingMm[0]} mm`,
    fix: "resample to a coarser spacing, or correct the spacing in the files",
  })
}
