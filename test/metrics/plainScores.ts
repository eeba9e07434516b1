import { surfaceElementSizes } from "../../src/metrics/surfaceElements.ts"
import { indexOf, isInside, type Pair } from "../support/masks.ts"

/** Scores of two masks by plain loops over every pair of points, from the definitions, for small masks. */

type Point = readonly number[]

interface Weighed {
  readonly point: Point
  readonly size: number
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** All points of a grid that begins at `from` in every direction. */
const grid = (shape: readonly number[], from: number): readonly Point[] => {
  const sizes = shape.map((size) => size - from)
  return Array.from({ length: sizes.reduce((product, size) => product * size) }, (_, place) =>
    indexOf(sizes, place).map((at) => at + from),
  )
}

/** Pixels inside with a neighbour outside along an axis. */
const borderOf = (mask: Pair["a"]): readonly Weighed[] =>
  grid(mask.shape, 0)
    .filter(
      (point) =>
        isInside(mask, point) &&
        point.some((at, k) => [at - 1, at + 1].some((next) => !isInside(mask, point.with(k, next)))),
    )
    .map((point) => ({ point, size: 1 }))

/** Corners between pixels of which some are inside, with the length or area of the contour there. */
const contourOf = (mask: Pair["a"], spacingMm: Point): readonly Weighed[] => {
  const sizes = surfaceElementSizes(spacingMm) // checked against surface-distance's own tables
  const around = grid(
    mask.shape.map(() => 2),
    0,
  )
  return grid(mask.shape, -1).flatMap((point) => {
    const bits = around.map((step) =>
      isInside(
        mask,
        point.map((at, k) => at + step[k]!),
      )
        ? "1"
        : "0",
    )
    const code = Number.parseInt(bits.join(""), 2)
    return code === 0 || code === sizes.length - 1 ? [] : [{ point, size: sizes[code]! }]
  })
}

/** From every one of these points to the nearest of the others, ascending, with its size. */
const wayTo = (from: readonly Weighed[], to: readonly Weighed[], spacingMm: Point) =>
  from
    .map(({ point, size }) => ({
      size,
      mm: Math.min(
        ...to.map((other) => Math.hypot(...point.map((at, k) => (at - other.point[k]!) * spacingMm[k]!))),
      ),
    }))
    .sort((a, b) => a.mm - b.mm)

/** The 95th percentile, with what lies between two values in proportion. */
const interpolated95 = (values: readonly number[]): number => {
  const ascending = [...values].sort((a, b) => a - b)
  const at = (ascending.length - 1) * 0.95
  const [below, above] = [ascending[Math.floor(at)]!, ascending[Math.ceil(at)]!]
  return below + (above - below) * (at - Math.floor(at))
}

type Way = ReturnType<typeof wayTo>

/** The first distance at which 95 % of the size is reached. */
const reached95 = (way: Way): number => {
  const whole = sum(way.map(({ size }) => size))
  const until = (i: number) => sum(way.slice(0, i + 1).map(({ size }) => size))
  return way.find((_, i) => until(i) >= 0.95 * whole * (1 - 1e-12))!.mm
}

export const plainScores = ({ a, b, spacingMm }: Pair, toleranceMm: number) => {
  const [first, second] = [borderOf(a), borderOf(b)]
  const [there, back] = [wayTo(first, second, spacingMm), wayTo(second, first, spacingMm)].map((way) =>
    way.map(({ mm }) => mm),
  ) as [number[], number[]]
  const [one, other] = [contourOf(a, spacingMm), contourOf(b, spacingMm)]
  const ways = [wayTo(one, other, spacingMm), wayTo(other, one, spacingMm)] as const
  const pieces = ways.flat()
  const within = pieces.filter(({ mm }) => mm <= toleranceMm * (1 + 1e-12))
  const pairs = [...a.data].map((bit, i) => [bit, b.data[i]!] as const)
  const count = (p: number, t: number) => pairs.filter(([x, y]) => x === p && y === t).length
  return {
    dice: (2 * count(1, 1)) / (2 * count(1, 1) + count(1, 0) + count(0, 1)),
    iou: count(1, 1) / (a.data.length - count(0, 0)),
    precision: count(1, 1) / (count(1, 1) + count(1, 0)),
    recall: count(1, 1) / (count(1, 1) + count(0, 1)),
    hd: Math.max(...there, ...back),
    assd: sum([...there, ...back]) / (there.length + back.length),
    nsd: sum(within.map(({ size }) => size)) / sum(pieces.map(({ size }) => size)),
    pooled: interpolated95([...there, ...back]),
    "max-directed": Math.max(interpolated95(there), interpolated95(back)),
    contour: Math.max(...ways.map(reached95)),
  }
}
