import type { Geometry } from "../data/dataset/dataset.ts"
import type { Fit } from "../data/dataset/fit.ts"

/** Probabilities at the training size to a mask at native resolution: bilinear, then p >= threshold.
 *  @param probabilities [slices, rows, columns] in [0, 1]
 *  @returns [slices, rows, columns] 0 or 1 */
export const nativeMask = (
  probabilities: Float32Array,
  fit: Fit,
  { shape: [columns, rows, slices] }: Geometry,
  threshold = 0.5,
): Uint8Array => {
  const mask = new Uint8Array(columns * rows * slices)
  for (let slice = 0; slice < slices; slice++)
    fit.markNative(sliceOf(probabilities, slice, slices), threshold, sliceOf(mask, slice, slices))
  return mask
}

/** Probabilities at native resolution, bilinear; 0 where the slices were cropped.
 *  @param probabilities [slices, rows, columns] at the training size
 *  @returns [slices, rows, columns] */
export const nativeProbabilities = (
  probabilities: Float32Array,
  fit: Fit,
  { shape: [columns, rows, slices] }: Geometry,
): Float32Array => {
  const result = new Float32Array(columns * rows * slices)
  for (let slice = 0; slice < slices; slice++)
    result.set(fit.native(sliceOf(probabilities, slice, slices)), slice * rows * columns)
  return result
}

/** @param volume [slices, rows, columns] */
const sliceOf = <A extends Float32Array | Uint8Array>(volume: A, slice: number, slices: number): A => {
  const pixels = volume.length / slices
  return volume.subarray(slice * pixels, (slice + 1) * pixels) as A
}
