import type { NumericArray } from "../files/bytes.ts"
import type { Geometry, SliceAxis } from "./dataset.ts"

/** How the axis along which slices lie is chosen. */
export const sliceAxes = ["x", "y", "z", "largest-spacing"] as const
export type SliceAxisChoice = (typeof sliceAxes)[number]

/** Spacings that differ by less than this share are the same, rounded differently. */
const tolerance = 1e-3

/** The axis of a file along which its slices lie. "largest-spacing" takes the one with the fewest pixels per mm, so
 *  that slices are cut as they were scanned; of equal ones the last, so z for a cube. A 2-D image, or a single slice
 *  along z, is that slice.
 *  @param geometry in file order */
export const sliceAxisOf = ({ shape, spacingMm }: Geometry, choice: SliceAxisChoice): SliceAxis => {
  if (shape[2] === 1) return 2
  if (choice === "x") return 0
  if (choice === "y") return 1
  if (choice === "z") return 2
  const largest = Math.max(...spacingMm) * (1 - tolerance)
  return spacingMm[2] >= largest ? 2 : spacingMm[1] >= largest ? 1 : 0
}

/** For each axis as sliced the axis of the file, and for each axis of the file the one as sliced. */
const orders = {
  0: { sliced: [1, 2, 0], file: [2, 0, 1] },
  1: { sliced: [0, 2, 1], file: [0, 2, 1] },
  2: { sliced: [0, 1, 2], file: [0, 1, 2] },
} as const

type Order = readonly [number, number, number]

/** A file's geometry with the slice axis moved to the end; the other two keep their order. Every voxel keeps its
 *  place in mm. */
export const slicedGeometry = (file: Geometry, axis: SliceAxis): Geometry =>
  reordered(file, orders[axis].sliced)

/** The inverse of slicedGeometry. */
export const fileGeometry = (sliced: Geometry, axis: SliceAxis): Geometry =>
  reordered(sliced, orders[axis].file)

/** A file's voxels with the slice axis moved to the end, so that slices lie one after the other.
 *  @param shape of the file */
export const slicedVoxels = <A extends NumericArray>(voxels: A, shape: Order, axis: SliceAxis): A =>
  moved(voxels, shape, orders[axis].sliced)

/** The inverse of slicedVoxels.
 *  @param shape as sliced: [columns, rows, slices] */
export const fileVoxels = <A extends NumericArray>(voxels: A, shape: Order, axis: SliceAxis): A =>
  moved(voxels, shape, orders[axis].file)

const reordered = ({ shape, spacingMm, affine }: Geometry, [x, y, z]: Order): Geometry => ({
  shape: [shape[x]!, shape[y]!, shape[z]!],
  spacingMm: [spacingMm[x]!, spacingMm[y]!, spacingMm[z]!],
  affine: affine.map((row) => [row[x]!, row[y]!, row[z]!, row[3]!]),
})

/** @param order for each axis of the result the axis it comes from */
const moved = <A extends NumericArray>(voxels: A, shape: Order, order: Order): A => {
  if (order[2] === 2) return voxels
  const steps = [1, shape[0], shape[0] * shape[1]]
  const [stepX, stepY, stepZ] = order.map((axis) => steps[axis]!) as [number, number, number]
  const [sizeX, sizeY, sizeZ] = order.map((axis) => shape[axis]!) as [number, number, number]
  const result = voxels.slice() as A
  let at = 0
  for (let z = 0; z < sizeZ; z++)
    for (let y = 0; y < sizeY; y++)
      for (let x = 0; x < sizeX; x++) result[at++] = voxels[x * stepX + y * stepY + z * stepZ]!
  return result
}
