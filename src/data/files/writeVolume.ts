import { encode } from "fast-png"
import { writeFileAtomic } from "../../system/atomicWrite.ts"
import type { Geometry } from "../dataset/dataset.ts"
import { writeNiftiFile } from "../nifti/writeNifti.ts"

/** Writes a mask as the name says: 0 and 1 in a .nii or .nii.gz file; 0 and 255 in a .png file, so that people see
 *  it. Atomic. Throws RangeError when a PNG file should hold more than one slice.
 *  @param mask 0 or 1, x fastest, then y, then z */
export const writeMask = (path: string, geometry: Geometry, mask: Uint8Array): Promise<void> =>
  path.endsWith(".png")
    ? writePng(
        path,
        geometry,
        mask.map((inside) => 255 * inside),
      )
    : writeNiftiFile(path, { geometry, datatype: "uint8", voxels: mask })

/** Writes probabilities: as they are in a .nii or .nii.gz file; times 65535, rounded, in a .png file, which has no
 *  fractions. Atomic. Throws RangeError when a PNG file should hold more than one slice.
 *  @param probabilities 0 to 1, x fastest, then y, then z */
export const writeProbabilities = (
  path: string,
  geometry: Geometry,
  probabilities: Float32Array,
): Promise<void> =>
  path.endsWith(".png")
    ? writePng(
        path,
        geometry,
        Uint16Array.from(probabilities, (p) => Math.round(65535 * p)),
      )
    : writeNiftiFile(path, { geometry, datatype: "float32", voxels: probabilities })

const writePng = async (path: string, geometry: Geometry, data: Uint8Array | Uint16Array): Promise<void> => {
  const [width, height, slices] = geometry.shape
  if (slices !== 1) throw new RangeError(`${slices} slices for one PNG file`)
  const depth = data instanceof Uint16Array ? 16 : 8
  await writeFileAtomic(path, encode({ width, height, data, depth, channels: 1 }))
}
