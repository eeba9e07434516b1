import type { Mask } from "./mask.ts"

/** Half-open ranges of rows and columns. */
export interface Box {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

/** The smallest box around a mask's foreground; null when it is empty. */
const foregroundBox = ({ columns, data }: Mask): Box | null => {
  const first = data.indexOf(1)
  if (first < 0) return null
  const top = Math.floor(first / columns)
  const bottom = Math.floor(data.lastIndexOf(1) / columns) + 1
  let left = columns
  let right = 0
  for (let row = top; row < bottom; row++) {
    const offset = row * columns
    for (let column = 0; column < left; column++) if (data[offset + column] === 1) left = column
    for (let column = columns - 1; column >= right; column--)
      if (data[offset + column] === 1) right = column + 1
  }
  return { top, bottom, left, right }
}

/** The smallest box around the foreground of two masks of one size; null when either is empty. */
export const jointBox = (first: Mask, second: Mask): Box | null => {
  const a = foregroundBox(first)
  const b = foregroundBox(second)
  if (a === null || b === null) return null
  return {
    top: Math.min(a.top, b.top),
    bottom: Math.max(a.bottom, b.bottom),
    left: Math.min(a.left, b.left),
    right: Math.max(a.right, b.right),
  }
}

/** The part of a mask inside the box. */
export const crop = (mask: Mask, { top, bottom, left, right }: Box): Mask => {
  const rows = bottom - top
  const columns = right - left
  const data = new Uint8Array(rows * columns)
  for (let row = 0; row < rows; row++) {
    const offset = (top + row) * mask.columns
    data.set(mask.data.subarray(offset + left, offset + right), row * columns)
  }
  return { rows, columns, data }
}
