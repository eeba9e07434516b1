import { ShapeError } from "../tensor/shape.ts"
import type { Mask } from "./mask.ts"

/** Signed distance of every pixel to the mask's border, in pixels: outside, to the nearest pixel of the mask
 *  (1 and more); inside, to the nearest pixel outside, less one, negative (0 and less). 0 everywhere when the mask
 *  is empty or full: there is no border. Source: the level set of Kervadec et al. 2019; computed as by Felzenszwalb &
 *  Huttenlocher 2012, for both kinds of pixels at once, as none needs a distance to its own kind.
 *  @param mask [rows, columns]; throws ShapeError when it has other axes */
export const signedDistance = ({ shape, data }: Mask): Float32Array => {
  if (shape.length !== 2) throw new ShapeError("signedDistance", "[rows, columns]", shape)
  const signed = new Float32Array(data.length)
  if (!data.includes(1) || !data.includes(0)) return signed
  const columns = shape[1]!
  const gaps = gapsToOtherKind(data, columns)
  const transform = runTransform(data, gaps, columns, signed)
  for (let start = 0; start < data.length; start += columns)
    for (let from = start; from < start + columns; ) {
      let to = from + 1
      while (to < start + columns && data[to] === data[from]) to++
      transform(start, from, to)
      from = to
    }
  return signed
}

/** Pixels up or down to the nearest one of the other kind, 0 where the column has none: a sweep each way. */
const gapsToOtherKind = (data: Uint8Array, columns: number): Int32Array => {
  const gaps = new Int32Array(data.length)
  for (let i = columns; i < data.length; i++) {
    const above = i - columns
    if (data[i] !== data[above]) gaps[i] = 1
    else if (gaps[above]! > 0) gaps[i] = gaps[above]! + 1
  }
  for (let i = data.length - columns - 1; i >= 0; i--) {
    const below = i + columns
    const gap = data[i] !== data[below] ? 1 : gaps[below]! > 0 ? gaps[below]! + 1 : 0
    if (gap > 0 && (gaps[i] === 0 || gap < gaps[i]!)) gaps[i] = gap
  }
  return gaps
}

/** A function that writes the signed distances of one run, pixels of one kind side by side in a row: the lower
 *  envelope of the parabolas over its own gaps and over the two pixels of the other kind that end it, beyond which
 *  none can be nearer. */
const runTransform = (data: Uint8Array, gaps: Int32Array, columns: number, signed: Float32Array) => {
  // Parabola k has its lowest point at (apex[k], height[k]) and is the lowest one from start[k] on.
  const apex = new Int32Array(columns)
  const height = new Int32Array(columns)
  const start = new Float64Array(columns)
  const perStep = Float64Array.from({ length: columns }, (_, steps) => 0.5 / steps) // faster than dividing
  return (row: number, from: number, to: number): void => {
    const first = from > row ? from - 1 : from
    const last = to < row + columns ? to : to - 1
    let count = 0
    for (let x = first; x <= last; x++) {
      const isOther = x < from || x === to
      const gap = isOther ? 0 : gaps[x]!
      if (gap === 0 && !isOther) continue
      const h = gap * gap
      let begin = Number.NEGATIVE_INFINITY
      for (; count > 0; count--) {
        const before = apex[count - 1]!
        begin = (h - height[count - 1]!) * perStep[x - before]! + (x + before) / 2
        if (begin > start[count - 1]!) break
        begin = Number.NEGATIVE_INFINITY
      }
      apex[count] = x
      height[count] = h
      start[count] = begin
      count++
    }
    const isInside = data[from] === 1
    for (let x = from, k = 0; x < to; x++) {
      while (k + 1 < count && start[k + 1]! < x) k++
      const distance = Math.sqrt(height[k]! + (x - apex[k]!) ** 2)
      signed[x] = isInside ? 1 - distance : distance
    }
  }
}

/** Signed distance of each image of a batch.
 *  @param masks [B, H, W], 0 or 1
 *  @returns [B, H, W] */
export const signedDistances = (
  masks: Uint8Array,
  [batch, rows, columns]: readonly [batch: number, rows: number, columns: number],
): Float32Array => {
  const pixels = rows * columns
  const signed = new Float32Array(masks.length)
  for (let image = 0; image < batch; image++) {
    const data = masks.subarray(image * pixels, (image + 1) * pixels)
    signed.set(signedDistance({ shape: [rows, columns], data }), image * pixels)
  }
  return signed
}
