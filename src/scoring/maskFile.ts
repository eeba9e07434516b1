import type { Geometry } from "../data/dataset.ts"
import { readNiftiHeader } from "../data/nifti/readNifti.ts"
import { openNifti } from "../data/nifti/voxelBlocks.ts"
import { pngGeometry } from "../data/png/pngGeometry.ts"
import { readPng } from "../data/png/readPng.ts"
import { readPngHeader } from "../data/png/readPngHeader.ts"
import { labelling, type ReadMask } from "./labelling.ts"

/** Distance between rows and between columns of a PNG image, which does not say it itself. */
export type PngSpacingMm = readonly [row: number, column: number]

export const isPng = (file: string): boolean => /\.png$/i.test(file)

/** The grid of a mask, from the header alone. Throws Failure("data").
 *  @param pngSpacingMm null: 1, so that distances are in pixels */
export const readGrid = async (file: string, pngSpacingMm: PngSpacingMm | null): Promise<Geometry> => {
  if (!isPng(file)) return (await readNiftiHeader(file)).geometry
  return pngGeometry(await readPngHeader(file), pngSpacingMm ?? undefined)
}

/** Reads a mask; a NIfTI file block by block. Throws Failure("data") when it is damaged or no mask.
 *  @param labels the values inside; null when the mask may hold 0 and one other value */
export const readMask = async (file: string, labels: readonly number[] | null): Promise<ReadMask> => {
  if (isPng(file)) {
    const { voxels } = await readPng(file)
    const reading = labelling(voxels.length, labels, file)
    reading.look(voxels)
    return reading.mask()
  }
  const volume = await openNifti(file)
  try {
    const reading = labelling(volume.header.voxels, labels, file)
    for await (const block of volume.blocks()) reading.look(block)
    return reading.mask()
  } finally {
    await volume.close()
  }
}
