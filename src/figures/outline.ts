import { contours } from "d3-contour"

/** A mask as figures take it; [rows, columns], 0 or 1. */
export interface Area {
  readonly rows: number
  readonly columns: number
  readonly data: Uint8Array
}

type Point = readonly [number, number]

/** Squared distance of a point to the segment from a to b. */
const squaredDistance = ([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number => {
  const [dx, dy] = [bx - ax, by - ay]
  const length = dx * dx + dy * dy
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length))
  return (x - ax - t * dx) ** 2 + (y - ay - t * dy) ** 2
}

/** Fewer points along the same line, none further from it than the tolerance (Douglas & Peucker 1973). */
const simplified = (points: readonly Point[], tolerance: number): Point[] => {
  const kept = new Uint8Array(points.length)
  kept[0] = 1
  kept[points.length - 1] = 1
  const open: (readonly [number, number])[] = [[0, points.length - 1]]
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const [from, to] = part
    let furthest = from
    let distance = tolerance * tolerance
    for (let i = from + 1; i < to; i++) {
      const own = squaredDistance(points[i]!, points[from]!, points[to]!)
      if (own > distance) [furthest, distance] = [i, own]
    }
    if (furthest === from) continue
    kept[furthest] = 1
    open.push([from, furthest], [furthest, to])
  }
  return points.filter((_, i) => kept[i] === 1)
}

/** Path data of a mask's outline, holes included (fill-rule evenodd), in pixel-edge coordinates: a pixel in row r
 *  and column c covers [c, c + 1] x [r, r + 1], so it fits viewBox "0 0 columns rows". Empty for an empty mask.
 *  @param tolerance pixels that a simplified outline may be off */
export const outline = ({ rows, columns, data }: Area, tolerance = 0.5): string =>
  contours()
    .size([columns, rows])
    .contour(Array.from(data), 0.5)
    .coordinates.flat()
    .map((ring) =>
      simplified(
        ring.map(([x, y]): Point => [x ?? 0, y ?? 0]),
        tolerance,
      ),
    )
    .map(
      (ring) =>
        `M${ring
          .slice(0, -1)
          .map(([x, y]) => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`)
          .join("L")}Z`,
    )
    .join("")

/** Where the masks do not all agree; needs at least one. */
export const disagreement = ([first, ...others]: readonly [Area, ...Area[]]): Area => ({
  ...first,
  data: first.data.map((value, i) => (others.every(({ data }) => data[i] === value) ? 0 : 1)),
})
