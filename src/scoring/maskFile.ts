import type { Geometry } from "../data/dataset/dataset.ts"
import { openNifti } from "../data/nifti/openNifti.ts"
import { readNiftiHeader } from "../data/nifti/readNifti.ts"
import { pngGeometry } from "../data/png/pngGeometry.ts"
import { readPng } from "../data/png/readPng.ts"
import { readPngHeader } from "../data/png/readPngHeader.ts"
import { type Foreground, foregroundReader, type LabelOption } from "../data/sources/foreground.ts"
import { Failure } from "../failure/failure.ts"

/** Distance between rows and between columns of a PNG image, which does not say it itself. */
export type PngSpacingMm = readonly [row: number, column: number]

export const isPng = (file: string): boolean => /\.png$/i.test(file)

/** The grid of a mask, from the header alone. Throws Failure("data").
 *  @param pngSpacingMm null: 1, so that distances are in pixels */
export const readGrid = async (file: string, pngSpacingMm: PngSpacingMm | null): Promise<Geometry> => {
  if (!isPng(file)) return (await readNiftiHeader(file)).geometry
  return pngGeometry(await readPngHeader(file), pngSpacingMm ?? undefined)
}

/** How the command line says which labels are inside. */
export const labelOption: LabelOption = {
  name: "--labels",
  write: (labels) => `--labels ${labels.join(",")}`,
}

/** Reads a mask; a NIfTI file block by block, so that no more than the mask is kept.
 *  Throws Failure("data") when it is damaged or no mask.
 *  @param labels the values inside; null when the mask may hold 0 and one other value */
export const readMask = async (file: string, labels: readonly number[] | null): Promise<Foreground> => {
  const reader = isPng(file) ? await lookedAtPng(file, labels) : await lookedAtNifti(file, labels)
  const foreground = reader.foreground()
  if (foreground.problems.length > 0) throw new Failure("data", foreground.problems)
  return foreground
}

const lookedAtPng = async (file: string, labels: readonly number[] | null) => {
  const { voxels } = await readPng(file)
  const reader = foregroundReader(file, voxels.length, labels, labelOption)
  reader.look(voxels)
  return reader
}

const lookedAtNifti = async (file: string, labels: readonly number[] | null) => {
  const volume = await openNifti(file)
  try {
    const reader = foregroundReader(file, volume.header.voxels, labels, labelOption)
    for await (const block of volume.blocks()) reader.look(block)
    return reader
  } finally {
    await volume.close()
  }
}
