import { type Axes, type Axis, axesOf } from "./axes.ts"
import type { Mask, SpacingMm } from "./mask.ts"

/** Squared distance in mm² of every pixel to the nearest site on its own line along the axis, Infinity where that
 *  has none: a sweep each way. */
const squaredGaps = (sites: Int32Array, pixels: number, { size, stride, mm }: Axis): Float64Array => {
  const gaps = new Int32Array(pixels).fill(size)
  for (const site of sites) gaps[site] = 0
  for (let i = stride; i < pixels; i++) {
    const gap = gaps[i - stride] + 1
    if (gap < gaps[i]) gaps[i] = gap
  }
  for (let i = pixels - stride - 1; i >= 0; i--) {
    const gap = gaps[i + stride] + 1
    if (gap < gaps[i]) gaps[i] = gap
  }
  const squareOf = Float64Array.from({ length: size + 1 }, (_, gap) =>
    gap < size ? (gap * mm) ** 2 : Number.POSITIVE_INFINITY,
  )
  return Float64Array.from(gaps, (gap) => squareOf[gap])
}

/** A function that makes of the squared distances f along one line the smallest f(y) + (x - y)² for each x, in place,
 *  in time proportional to the line: the lower envelope of parabolas. */
const lineTransform = ({ size, stride, mm }: Axis): ((squared: Float64Array, offset: number) => void) => {
  // Parabola k has its lowest point at (apex[k], height[k]) and is the lowest one from start[k] on.
  const apex = new Int32Array(size)
  const height = new Float64Array(size)
  const start = new Float64Array(size)
  const mm2 = mm * mm
  return (squared, offset) => {
    let count = 0
    for (let x = 0, i = offset; x < size; x++, i += stride) {
      const h = squared[i]
      if (h === Number.POSITIVE_INFINITY) continue
      let from = Number.NEGATIVE_INFINITY
      for (; count > 0; count--) {
        const before = apex[count - 1]
        from = ((h - height[count - 1]) / (mm2 * (x - before)) + x + before) / 2
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
export const squaredDistanceTransform = ({ shape, data }: Mask, spacingMm: SpacingMm): Float64Array => {
  const [first, ...rest] = axesOf(shape, spacingMm)
  const sites = Int32Array.from(data.keys()).filter((place) => data[place] === 1)
  const squared = squaredGaps(sites, data.length, first)
  for (const axis of rest) transformLines(squared, axis)
  return squared
}

/** Exact Euclidean distance, in mm, from each query to the nearest site: the transform above, whose last axis is
 *  only worked out where it is asked for. Along that axis the search goes outwards and stops as soon as nothing
 *  nearer can come, after a few steps where the two lie close; a line on which that would take longer than
 *  its transform is transformed instead, so that no masks are slow.
 *  @param sites places in an array with these axes; at least one
 *  @param queries places, ascending
 *  @returns in the order of the queries */
export const nearestDistances = (sites: Int32Array, queries: Int32Array, axes: Axes): Float64Array => {
  const line = axes.at(-1)!
  const squared = squaredGaps(sites, axes[0].size * axes[0].stride, axes[0])
  for (const axis of axes.slice(1, -1)) transformLines(squared, axis)
  const transform = lineTransform(line)
  const { size, mm } = line

  const distances = new Float64Array(queries.length)
  let end = 0 // of the line that is being searched
  let steps = 0 // taken on it
  for (let query = 0; query < queries.length; query++) {
    const place = queries[query]
    if (place >= end) {
      end = place - (place % size) + size
      steps = 0
    }
    let nearest = squared[place]
    if (steps <= 4 * size) {
      const longest = Math.max(place - (end - size), end - 1 - place)
      let away = 1
      for (; away <= longest; away++) {
        const across = (away * mm) ** 2
        if (across >= nearest) break
        if (place - away >= end - size) nearest = Math.min(nearest, squared[place - away] + across)
        if (place + away < end) nearest = Math.min(nearest, squared[place + away] + across)
      }
      steps += away
      if (steps > 4 * size) transform(squared, end - size)
    }
    distances[query] = Math.sqrt(nearest)
  }
  return distances
}
