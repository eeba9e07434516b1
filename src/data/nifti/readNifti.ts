import { failure } from "../../failure/failure.ts"
import type { NumericArray } from "../files/bytes.ts"
import type { Volume } from "../files/volume.ts"
import type { NiftiHeader } from "./header.ts"
import { openNifti } from "./openNifti.ts"

/** A NIfTI-1 or NIfTI-2 file, .nii or .nii.gz, either byte order, one number per voxel.
 *  Strict, because a wrong number here is a wrong result later: throws Failure("data") for anything damaged,
 *  contradictory, too short or too long, and for voxels that are not finite. Memory is taken only for what the
 *  checked header says and the file can hold.
 *  @param channel which volume of a file that holds several, counted from 0; null refuses such a file */
export const readNifti = async (path: string, channel: number | null = null): Promise<Volume> => {
  const file = await openNifti(path, channel)
  try {
    const { shape, volumes, geometry, datatype } = file.header
    const voxels = allocate(file.header)
    await file.fill(voxels)
    return {
      file: path,
      shape: volumes > 1 ? geometry.shape : shape,
      geometry,
      datatype: datatype.name,
      voxels,
    }
  } finally {
    await file.close()
  }
}

/** The header alone, checked, without the voxels. Throws Failure("data"). */
export const readNiftiHeader = async (path: string, channel: number | null = null): Promise<NiftiHeader> => {
  const file = await openNifti(path, channel)
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
