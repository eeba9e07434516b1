import type { Axes, Axis } from "./axes.ts"
import { lineTransform } from "./distanceTransform.ts"
import { type Front, frontOf } from "./front.ts"

/** (k mm)² for k steps along the axis; Infinity for more steps than it has. */
const squaresOf = ({ size, mm }: Axis): Float64Array => {
  const squares = new Float64Array(2 * size + 1).fill(Number.POSITIVE_INFINITY)
  for (let steps = 0; steps < size; steps++) squares[steps] = (steps * mm) ** 2
  return squares
}

/** mm from one place to another. */
const wayBetween = (from: number, to: number, axes: Axes): number => {
  let squared = 0
  for (let axis = 0; axis < axes.length; axis++) {
    const { stride, mm } = axes[axis]
    const steps = Math.floor(to / stride) - Math.floor(from / stride)
    squared += (steps * mm) ** 2
    from %= stride
    to %= stride
  }
  return Math.sqrt(squared)
}

/** The plane in which queries are being answered. */
interface Plane {
  readonly front: Front
  /** Its number along the first axis. */
  number: number
  readonly rows: number
  readonly columns: number
  /** squaresOf the first axis, of the rows and of the columns. */
  readonly alongFirst: Float64Array
  readonly down: Float64Array
  readonly across: Float64Array
  /** Pixels looked at since the plane was reached or last transformed, or about that many. */
  steps: number
}

/** The smaller of `nearest` and the squared distances to sites that a row knows of: those before and after it along
 *  the first axis.
 *  @param middle place in the row, `column` pixels from its start, from which the search goes both ways
 *  @param square mm² from the query to there */
const searchRow = (plane: Plane, middle: number, column: number, square: number, nearest: number): number => {
  const { number, alongFirst, across, columns } = plane
  const { before, after } = plane.front
  let away = 0
  for (; square + across[away] < nearest; away++) {
    if (away <= column) {
      const left = middle - away
      const gap = Math.min(number - before[left], after[left] - number)
      const here = alongFirst[gap] + square + across[away]
      if (here < nearest) nearest = here
    }
    if (column + away < columns) {
      const right = middle + away
      const gap = Math.min(number - before[right], after[right] - number)
      const here = alongFirst[gap] + square + across[away]
      if (here < nearest) nearest = here
    }
  }
  plane.steps += 2 * away
  return nearest
}

/** The smaller of `nearest` and the squared distance from a place in the plane to the nearest site: row after row
 *  outwards, until nothing nearer can come. */
const searchRows = (plane: Plane, place: number, nearest: number): number => {
  const { rows, columns, down } = plane
  const column = place % columns
  const row = (place - column) / columns
  for (let away = 0; down[away] < nearest; away++) {
    if (away <= row) nearest = searchRow(plane, place - away * columns, column, down[away], nearest)
    if (away > 0 && row + away < rows)
      nearest = searchRow(plane, place + away * columns, column, down[away], nearest)
  }
  return nearest
}

/** The same in a plane whose columns have been transformed: only the place's own row is left to search. */
const searchTransformed = (
  plane: Plane,
  columnsDone: Float64Array,
  place: number,
  nearest: number,
): number => {
  const { columns, across } = plane
  const column = place % columns
  let away = 0
  for (; across[away] < nearest; away++) {
    if (away <= column) nearest = Math.min(nearest, columnsDone[place - away] + across[away])
    if (column + away < columns) nearest = Math.min(nearest, columnsDone[place + away] + across[away])
  }
  plane.steps += 2 * away
  return nearest
}

/** Exact Euclidean distance, in mm, from each query to the nearest site: a distance transform that is only worked out
 *  where it is asked for. A front moves along the first axis, and in each plane the search goes outwards from the
 *  query until nothing nearer can come; no farther than from the query before it plus the way from there. That takes
 *  few steps where sites and queries lie close together. A plane in which it takes more steps than a transform has its
 *  columns transformed, and its rows when that is not enough, so that the time stays proportional to the number of
 *  pixels whatever the masks.
 *  @param sites places in an array with these axes, ascending; at least one
 *  @param queries places, ascending
 *  @returns in the order of the queries */
export const nearestDistances = (sites: Int32Array, queries: Int32Array, axes: Axes): Float64Array => {
  const [first, line] = [axes[0], axes[axes.length - 1]]
  const pixels = first.stride
  const column = axes.length === 3 ? axes[1] : { size: 1, stride: line.size, mm: 1 } // planes of two axes are rows
  const plane: Plane = {
    front: frontOf(sites, first),
    number: -1,
    rows: column.size,
    columns: line.size,
    alongFirst: squaresOf(first),
    down: squaresOf(column),
    across: squaresOf(line),
    steps: 0,
  }
  const { front } = plane

  let axesDone = 0
  const squared = new Float64Array(pixels) // mm² to the nearest site along the axes that are done and the first
  const transformColumns = () => {
    for (let place = 0; place < pixels; place++) {
      const gap = Math.min(plane.number - front.before[place], front.after[place] - plane.number)
      squared[place] = plane.alongFirst[gap]
    }
    const transform = lineTransform(column)
    for (let place = 0; place < line.size; place++) transform(squared, place)
  }
  const transformRows = () => {
    const transform = lineTransform(line)
    for (let place = 0; place < pixels; place += line.size) transform(squared, place)
  }

  const nearestTo = (place: number, bound: number): number => {
    if (axesDone === 2) return squared[place]
    return axesDone === 1 ? searchTransformed(plane, squared, place, bound) : searchRows(plane, place, bound)
  }

  const distances = new Float64Array(queries.length)
  let bound = Number.POSITIVE_INFINITY
  for (let query = 0; query < queries.length; query++) {
    const number = Math.floor(queries[query] / pixels)
    const place = queries[query] - number * pixels
    if (number > plane.number) {
      plane.number = number
      front.moveTo(number)
      plane.steps = 0
      axesDone = 0
    }
    if (plane.steps > 4 * pixels) {
      if (axesDone === 0) transformColumns()
      else transformRows()
      axesDone++
      plane.steps = 0
    }
    if (query > 0) bound = distances[query - 1] + wayBetween(queries[query - 1], queries[query], axes)
    // A little more than the bound, which its own rounding may have made too small.
    distances[query] = Math.sqrt(nearestTo(place, bound * bound * (1 + 1e-9)))
  }
  return distances
}
