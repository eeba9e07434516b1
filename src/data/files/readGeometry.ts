import type { Geometry } from "../dataset/dataset.ts"
import { readNiftiHeader } from "../nifti/readNifti.ts"
import { pngGeometry } from "../png/pngGeometry.ts"
import { readPngHeader } from "../png/readPngHeader.ts"
import { assertPngChannel, type ReadOptions } from "./readVolume.ts"

/** The geometry of a file that readVolume reads, from its header alone. Throws Failure("data") when that is not
 *  sound. */
export const readGeometry = async (
  file: string,
  { channel = null, spacingMm = null }: ReadOptions = {},
): Promise<Geometry> => {
  if (!file.endsWith(".png")) return (await readNiftiHeader(file, channel)).geometry
  assertPngChannel(file, channel)
  return pngGeometry(await readPngHeader(file), spacingMm ?? [1, 1])
}
