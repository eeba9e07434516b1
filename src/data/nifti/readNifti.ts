import { failure } from "../../failure/failure.ts"
import type { NumericArray } from "../bytes.ts"
import type { Geometry } from "../dataset.ts"
import type { DatatypeName } from "./datatype.ts"
import type { NiftiHeader } from "./header.ts"
import { openNifti } from "./voxelBlocks.ts"

export interface Volume {
  readonly file: string
  /** In file order, as the file has it: 2 sides for a 2-D image, a trailing 1 kept. */
  readonly shape: readonly number[]
  /** The same as a volume: one slice for a 2-D image. */
  readonly geometry: Geometry
  /** How the voxels are stored. */
  readonly datatype: DatatypeName
  /** After scaling, x fastest, then y, then z. In the file's own type when there is no scaling, float64 for 64-bit
   *  integers; with scaling in float32 where 16 bits or float32 are stored, else in float64. */
  readonly voxels: NumericArray
}

/** A NIfTI-1 or NIfTI-2 file, .nii or .nii.gz, either byte order, one number per voxel.
 *  Strict, because a wrong number here is a wrong result later: throws Failure("data") for anything damaged,
 *  contradictory, too short or too long, and for voxels that are not finite. Memory is taken only for what the
 *  checked header says and the file can hold. */
export const readNifti = async (path: string): Promise<Volume> => {
  const file = await openNifti(path)
  try {
    const { shape, geometry, datatype } = file.header
    const voxels = allocate(file.header)
    let at = 0
    for await (const block of file.blocks()) {
      voxels.set(block, at)
      at += block.length
    }
    return { file: path, shape, geometry, datatype: datatype.name, voxels }
  } finally {
    await file.close()
  }
}

/** The header alone, checked, without the voxels. Throws Failure("data"). */
export const readNiftiHeader = async (path: string): Promise<NiftiHeader> => {
  const file = await openNifti(path)
  await file.close()
  return file.header
}

const allocate = ({ Voxels, voxels, file }: NiftiHeader): NumericArray => {
  try {
    return new Voxels(voxels)
  } catch (error) {
    throw failure(
      "environment",
      {
        message: "there is not enough memory for the volume",
        file,
        found: `${voxels} voxels`,
        fix: "free some memory, or use a smaller volume",
      },
      error,
    )
  }
}
