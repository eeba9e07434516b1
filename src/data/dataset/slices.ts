import { setImmediate as nextTurn } from "node:timers/promises"
import type { CaseVolume } from "../sources/source.ts"
import type { Geometry, SliceSet } from "./dataset.ts"
import type { Fit } from "./fit.ts"

type Pixels = Float32Array | Uint8Array

const floats = (length: number) => new Float32Array(length)
const bytes = (length: number) => new Uint8Array(length)

/** Every slice of a volume's image at the training size.
 *  @param intensities of the whole volume, after the intensity rule
 *  @returns [slices, rows, columns] */
export const imageSlices = async (
  intensities: Float32Array,
  geometry: Geometry,
  fit: Fit,
): Promise<Float32Array> => joined(await eachSlice(intensities, geometry, fit.image), floats)

const maskSlices = async (mask: Uint8Array, geometry: Geometry, fit: Fit): Promise<Uint8Array> =>
  joined(await eachSlice(mask, geometry, fit.mask), bytes)

/** Other work gets a turn after each slice. */
const eachSlice = async <A extends Pixels>(
  voxels: A,
  { shape: [columns, rows, slices] }: Geometry,
  of: (slice: A) => A,
): Promise<readonly A[]> => {
  const pixels = rows * columns
  const results: A[] = []
  for (let slice = 0; slice < slices; slice++) {
    results.push(of(voxels.subarray(slice * pixels, (slice + 1) * pixels) as A))
    await nextTurn()
  }
  return results
}

/** A case's slices at the training size. */
export const slicesOf = async (
  { id, geometry, image, expert, second }: CaseVolume,
  fit: Fit,
  intensity: (voxels: Float32Array) => Float32Array,
): Promise<SliceSet> => {
  const count = geometry.shape[2]
  return {
    count,
    ids: Array.from({ length: count }, (_, slice) => ({ case: id, slice })),
    images: await imageSlices(intensity(image), geometry, fit),
    masks: await maskSlices(expert, geometry, fit),
    ...(second === undefined ? {} : { second: await maskSlices(second, geometry, fit) }),
  }
}

/** The slices of several cases, in their order; a second annotator where one has it. */
export const joinedSlices = (sets: readonly SliceSet[]): SliceSet => {
  const seconds = sets.flatMap(({ second }) => (second === undefined ? [] : [second]))
  return {
    count: sets.reduce((sum, { count }) => sum + count, 0),
    ids: sets.flatMap(({ ids }) => ids),
    images: joined(
      sets.map(({ images }) => images),
      floats,
    ),
    masks: joined(
      sets.map(({ masks }) => masks),
      bytes,
    ),
    ...(seconds.length === 0 ? {} : { second: joined(seconds, bytes) }),
  }
}

const joined = <A extends Pixels>(parts: readonly A[], empty: (length: number) => A): A => {
  const result = empty(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    result.set(part, at)
    at += part.length
  }
  return result
}
