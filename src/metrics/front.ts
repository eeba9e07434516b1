import type { Axis } from "./axes.ts"

/** The sites nearest to a plane along the first axis, kept up to date while the plane moves from first to last. */
export interface Front {
  /** By place in the plane: the plane of the nearest site before or in this one, and of the nearest site after it;
   *  a number more than `size` away where there is none. */
  readonly before: Int32Array
  readonly after: Int32Array
  /** Moves forward, to a plane after the one where it is. */
  readonly moveTo: (plane: number) => void
}

/** A front before the first plane.
 *  @param sites places, ascending */
export const frontOf = (sites: Int32Array, { size, stride }: Axis): Front => {
  const before = new Int32Array(stride).fill(-size)
  const after = new Int32Array(stride).fill(2 * size)
  const afterSite = new Int32Array(sites.length)
  for (let site = sites.length - 1; site >= 0; site--) {
    const place = sites[site] % stride
    afterSite[site] = after[place]
    after[place] = Math.floor(sites[site] / stride)
  }
  let next = 0
  const moveTo = (plane: number): void => {
    for (const end = (plane + 1) * stride; next < sites.length && sites[next] < end; next++) {
      const place = sites[next] % stride
      before[place] = after[place]
      after[place] = afterSite[next]
    }
  }
  return { before, after, moveTo }
}
