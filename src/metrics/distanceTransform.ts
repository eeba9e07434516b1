import { type Axis, axesOf } from "./axes.ts"
import { assertSpacing, type Mask, type SpacingMm } from "./mask.ts"

/** Squared distance in mm² of every pixel to the nearest site on its own line along the axis, Infinity where that
 *  has none: a sweep each way. */
const squaredGaps = (data: Uint8Array, { size, stride, mm }: Axis): Float64Array => {
  const pixels = data.length
  const gaps = new Int32Array(pixels)
  for (let i = 0; i < pixels; i++) gaps[i] = data[i] === 1 ? 0 : size
  for (let i = stride; i < pixels; i++) {
    const gap = gaps[i - stride] + 1
    if (gap < gaps[i]) gaps[i] = gap
  }
  const squareOf = new Float64Array(size + 1)
  for (let gap = 0; gap < size; gap++) squareOf[gap] = (gap * mm) ** 2
  squareOf[size] = Number.POSITIVE_INFINITY
  const squared = new Float64Array(pixels)
  for (let i = pixels - 1; i >= pixels - stride; i--) squared[i] = squareOf[gaps[i]]
  for (let i = pixels - stride - 1; i >= 0; i--) {
    const gap = gaps[i + stride] + 1
    if (gap < gaps[i]) gaps[i] = gap
    squared[i] = squareOf[gaps[i]]
  }
  return squared
}

/** A function that makes of the squared distances f along one line the smallest f(y) + (x - y)² for each x, in place,
 *  in time proportional to the line: the lower envelope of parabolas. */
export const lineTransform = ({
  size,
  stride,
  mm,
}: Axis): ((squared: Float64Array, offset: number) => void) => {
  // Parabola k has its lowest point at (apex[k], height[k]) and is the lowest one from start[k] on.
  const apex = new Int32Array(size)
  const height = new Float64Array(size)
  const start = new Float64Array(size)
  const perStep = Float64Array.from({ length: size }, (_, steps) => 0.5 / (mm * mm * steps)) // faster than dividing
  return (squared, offset) => {
    let count = 0
    for (let x = 0, i = offset; x < size; x++, i += stride) {
      const h = squared[i]
      if (h === Number.POSITIVE_INFINITY) continue
      let from = Number.NEGATIVE_INFINITY
      for (; count > 0; count--) {
        const before = apex[count - 1]
        from = (h - height[count - 1]) * perStep[x - before] + (x + before) / 2
        if (from > start[count - 1]) break
        from = Number.NEGATIVE_INFINITY
      }
      apex[count] = x
      height[count] = h
      start[count] = from
      count++
    }
    if (count === 0) return
    for (let x = 0, i = offset, k = 0; x < size; x++, i += stride) {
      while (k + 1 < count && start[k + 1] < x) k++
      squared[i] = height[k] + ((x - apex[k]) * mm) ** 2
    }
  }
}

const transformLines = (squared: Float64Array, axis: Axis): void => {
  const transform = lineTransform(axis)
  for (let block = 0; block < squared.length; block += axis.size * axis.stride)
    for (let offset = block; offset < block + axis.stride; offset++) transform(squared, offset)
}

/** Exact SQUARED Euclidean distance, in mm², of every pixel centre to the nearest site (pixel that is 1), in two or
 *  three dimensions, in time proportional to the number of pixels whatever the sites.
 *  @returns in the shape of the mask; 0 at a site, Infinity everywhere when there is no site
 *  Source: Felzenszwalb & Huttenlocher 2012, Distance Transforms of Sampled Functions (lower envelope of
 *  parabolas, axis after axis); the first axis is a plain sweep here, since its input is 0 or nothing. */
export const squaredDistanceTransform = (mask: Mask, spacingMm: SpacingMm): Float64Array => {
  assertSpacing("squaredDistanceTransform", mask, spacingMm)
  const { shape, data } = mask
  const [first, ...rest] = axesOf(shape, spacingMm)
  const squared = squaredGaps(data, first)
  for (const axis of rest) transformLines(squared, axis)
  return squared
}
