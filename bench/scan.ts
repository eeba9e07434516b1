import type { WritableVolume } from "../src/data/nifti/writeNifti.ts"
import { rootKey } from "../src/tensor/randomKey.ts"

/** A volume that packs about as a scan does: a bright fan of speckle on black.
 *  @param shape [columns, rows, slices] */
export const scanOf = (
  shape: readonly [number, number, number],
  datatype: "uint8" | "float32",
): WritableVolume => {
  const [columns, rows, slices] = shape
  const draws = rootKey(1).draws()
  const speckle = Float32Array.from({ length: columns * rows }, (_, i) => {
    const [row, column] = [Math.floor(i / columns) / rows, (i % columns) / columns]
    const isInFan = Math.hypot(row, column - 0.5) < 0.95 && Math.abs(column - 0.5) < 0.15 + 0.5 * row
    return isInFan ? Math.floor(255 * draws.uniform() * draws.uniform()) : 0
  })
  const voxels =
    datatype === "uint8" ? new Uint8Array(speckle.length * slices) : new Float32Array(speckle.length * slices)
  const turn = columns + 1 // another slice, the same speckle elsewhere
  for (let slice = 0; slice < slices; slice++)
    for (let i = 0; i < speckle.length; i++)
      voxels[slice * speckle.length + i] = speckle[(i + slice * turn) % speckle.length]!
  const geometry: WritableVolume["geometry"] = {
    shape,
    spacingMm: [0.5, 0.5, 1],
    affine: [
      [0.5, 0, 0, 0],
      [0, 0.5, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ],
  }
  return voxels instanceof Uint8Array
    ? { geometry, datatype: "uint8", voxels }
    : { geometry, datatype: "float32", voxels }
}
