import { type Axes, axesOf } from "./axes.ts"
import { assertSameSize, assertSpacing, type Mask, type SpacingMm } from "./mask.ts"

/** Two masks cut to the smallest box around both, with an empty pixel added on every side, so that each pixel of the
 *  foreground has all its neighbours in the array, and up to three more at the end of each row, so that a row is a
 *  multiple of four pixels and can be read four at a time. */
export interface JointCrop {
  /** Of the arrays; those of slices and rows may have changed places. */
  readonly axes: Axes
  readonly first: Uint8Array
  readonly second: Uint8Array
}

/** Slices, rows and columns; a mask of two axes is one slice. */
type Corner = readonly [slice: number, row: number, column: number]

interface Box {
  readonly from: Corner
  /** Exclusive. */
  readonly to: Corner
}

const sizesOf = (shape: readonly number[]): Corner =>
  shape.length === 3 ? [shape[0], shape[1], shape[2]] : [1, shape[0], shape[1]]

/** The smallest box around the foreground; null when there is none. Jumps from row to row with foreground. */
const foregroundBox = ({ shape, data }: Mask): Box | null => {
  const [slices, rows, columns] = sizesOf(shape)
  let [firstSlice, lastSlice, top, bottom, left, right] = [slices, -1, rows, -1, columns, -1]
  for (let i = data.indexOf(1); i >= 0; ) {
    const line = Math.floor(i / columns)
    const end = (line + 1) * columns
    const slice = Math.floor(line / rows)
    const row = line % rows
    firstSlice = Math.min(firstSlice, slice)
    lastSlice = slice
    top = Math.min(top, row)
    bottom = Math.max(bottom, row)
    left = Math.min(left, i + columns - end)
    right = Math.max(right, data.lastIndexOf(1, end - 1) + columns - end)
    i = data.indexOf(1, end)
  }
  return lastSlice < 0 ? null : { from: [firstSlice, top, left], to: [lastSlice + 1, bottom + 1, right + 1] }
}

/** Copies the box of a mask, row by row.
 *  @param steps places in the crop from a slice, and from a row, to the next; the first is 0 in two dimensions */
const cut = (
  { shape, data }: Mask,
  { from, to }: Box,
  [sliceStep, rowStep]: readonly [slice: number, row: number],
  pixels: number,
): Uint8Array => {
  const [, rows, columns] = sizesOf(shape)
  const crop = new Uint8Array(pixels)
  for (let slice = from[0]; slice < to[0]; slice++)
    for (let row = from[1]; row < to[1]; row++) {
      const source = (slice * rows + row) * columns
      const target = (slice - from[0] + 1) * sliceStep + (row - from[1] + 1) * rowStep + 1
      crop.set(data.subarray(source + from[2], source + to[2]), target)
    }
  return crop
}

/** Cuts both masks to the box around the foreground of the two.
 *  Nothing about distances between them is lost: outside the box both are empty, as outside the image.
 *  Throws ShapeError when the shapes differ or the spacing has another number of axes.
 *  @returns null when either mask is empty */
export const jointCrop = (first: Mask, second: Mask, spacingMm: SpacingMm): JointCrop | null => {
  assertSameSize("jointCrop", first, second)
  assertSpacing("jointCrop", first, spacingMm)
  const a = foregroundBox(first)
  const b = foregroundBox(second)
  if (a === null || b === null) return null
  const corner = (of: (axis: number) => number): Corner => [of(0), of(1), of(2)]
  const box: Box = {
    from: corner((axis) => Math.min(a.from[axis], b.from[axis])),
    to: corner((axis) => Math.max(a.to[axis], b.to[axis])),
  }
  const [slices, rows, columns] = corner((axis) => box.to[axis] - box.from[axis] + 2)
  const rowPixels = Math.ceil(columns / 4) * 4
  const isVolume = first.shape.length === 3
  // The search for the nearest point takes the fewest steps when pixels lie closest along the first axis.
  const rowsFirst = !isVolume || spacingMm[0] > spacingMm[1]
  const axes = isVolume
    ? rowsFirst
      ? axesOf([rows, slices, rowPixels], [spacingMm[1], spacingMm[0], spacingMm[2]])
      : axesOf([slices, rows, rowPixels], spacingMm)
    : axesOf([rows, rowPixels], spacingMm)
  const sliceStep = isVolume ? axes[rowsFirst ? 1 : 0].stride : 0
  const rowStep = axes[rowsFirst ? 0 : 1].stride
  const crop = (mask: Mask) => cut(mask, box, [sliceStep, rowStep], axes[0].size * axes[0].stride)
  return { axes, first: crop(first), second: crop(second) }
}
