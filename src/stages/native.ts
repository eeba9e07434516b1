import type { Geometry } from "../data/dataset/dataset.ts"
import type { Fit } from "../data/dataset/fit.ts"

/** Every slice at native resolution, one at a time.
 *  @param probabilities [slices, rows, columns] at the training size */
function* nativeSlices(probabilities: Float32Array, fit: Fit, slices: number): Generator<Float32Array> {
  const pixels = probabilities.length / slices
  for (let slice = 0; slice < slices; slice++)
    yield fit.native(probabilities.subarray(slice * pixels, (slice + 1) * pixels))
}

/** Probabilities at the training size to a mask at native resolution: bilinear, then p >= threshold.
 *  @returns [slices, rows, columns] 0 or 1 */
export const nativeMask = (
  probabilities: Float32Array,
  fit: Fit,
  { shape: [columns, rows, slices] }: Geometry,
  threshold = 0.5,
): Uint8Array => {
  const mask = new Uint8Array(columns * rows * slices)
  let at = 0
  for (const slice of nativeSlices(probabilities, fit, slices))
    for (let i = 0; i < slice.length; i++) mask[at++] = slice[i]! >= threshold ? 1 : 0
  return mask
}

/** Probabilities at native resolution, bilinear; 0 where the slices were cropped.
 *  @returns [slices, rows, columns] */
export const nativeProbabilities = (
  probabilities: Float32Array,
  fit: Fit,
  { shape: [columns, rows, slices] }: Geometry,
): Float32Array => {
  const result = new Float32Array(columns * rows * slices)
  let at = 0
  for (const slice of nativeSlices(probabilities, fit, slices)) {
    result.set(slice, at)
    at += slice.length
  }
  return result
}
