import { type Axes, axesOf } from "./axes.ts"
import { assertSameSize, type Mask, type SpacingMm } from "./mask.ts"

/** Two masks cut to the smallest box around both, with one empty pixel added on every side: each pixel of the
 *  foreground then has all its neighbours in the array. */
export interface JointCrop {
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

const cut = ({ shape, data }: Mask, { from, to }: Box, paddedShape: readonly number[]): Uint8Array => {
  const [, rows, columns] = sizesOf(shape)
  const [, paddedRows, paddedColumns] = sizesOf(paddedShape)
  const margin = shape.length === 3 ? 1 : 0 // slices; rows and columns always have one
  const padded = new Uint8Array(paddedShape.reduce((product, size) => product * size))
  for (let slice = from[0]; slice < to[0]; slice++)
    for (let row = from[1]; row < to[1]; row++) {
      const source = (slice * rows + row) * columns
      const target = ((slice - from[0] + margin) * paddedRows + row - from[1] + 1) * paddedColumns + 1
      padded.set(data.subarray(source + from[2], source + to[2]), target)
    }
  return padded
}

/** Cuts both masks to the box around the foreground of the two.
 *  Nothing about distances between them is lost: outside the box both are empty, as outside the image.
 *  Throws ShapeError when the shapes differ or the spacing has another number of axes.
 *  @returns null when either mask is empty */
export const jointCrop = (first: Mask, second: Mask, spacingMm: SpacingMm): JointCrop | null => {
  assertSameSize("jointCrop", first, second)
  const a = foregroundBox(first)
  const b = foregroundBox(second)
  if (a === null || b === null) return null
  const corner = (of: (axis: number) => number): Corner => [of(0), of(1), of(2)]
  const box: Box = {
    from: corner((axis) => Math.min(a.from[axis], b.from[axis])),
    to: corner((axis) => Math.max(a.to[axis], b.to[axis])),
  }
  const padded = corner((axis) => box.to[axis] - box.from[axis] + 2).slice(3 - first.shape.length)
  return {
    axes: axesOf(padded, spacingMm),
    first: cut(first, box, padded),
    second: cut(second, box, padded),
  }
}
