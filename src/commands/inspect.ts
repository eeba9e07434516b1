import type { NiftiHeader } from "../data/nifti/header.ts"
import { openNifti } from "../data/nifti/openNifti.ts"

export interface InspectOptions {
  /** One JSON object instead of text. */
  readonly json: boolean
  readonly out: (text: string) => void
}

interface Summary {
  readonly file: string
  /** In file order; two sides for a 2-D image. */
  readonly shape: readonly number[]
  readonly spacingMm: readonly number[]
  readonly datatype: string
  readonly affine: readonly (readonly number[])[]
  /** Of the voxels after scaling. */
  readonly min: number
  readonly max: number
  readonly mean: number
  readonly voxels: number
}

/** Prints what a NIfTI file holds: shape and affine in file order, minimum, maximum and mean after scaling. Reads
 *  the file once, block by block. Throws Failure("data") when it is not sound. */
export const inspect = async (file: string, { json, out }: InspectOptions): Promise<void> => {
  const volume = await openNifti(file)
  try {
    const { header } = volume
    let min = Number.POSITIVE_INFINITY
    let max = Number.NEGATIVE_INFINITY
    let sum = 0
    for await (const block of volume.blocks())
      for (let i = 0; i < block.length; i++) {
        const value = block[i]!
        if (value < min) min = value
        if (value > max) max = value
        sum += value
      }
    const { shape, geometry, datatype, voxels } = header
    const summary: Summary = {
      file,
      shape,
      spacingMm: geometry.spacingMm.slice(0, shape.length),
      datatype: datatype.name,
      affine: geometry.affine,
      min,
      max,
      mean: sum / voxels,
      voxels,
    }
    out(json ? `${JSON.stringify(summary)}\n` : textOf(header, summary))
  } finally {
    await volume.close()
  }
}

const short = (value: number): string => String(Number(value.toPrecision(6)))

const textOf = (
  { scaling, littleEndian }: NiftiHeader,
  { file, shape, spacingMm, datatype, affine, min, max, mean, voxels }: Summary,
): string => {
  const stored = [
    datatype,
    ...(littleEndian ? [] : ["big-endian"]),
    ...(scaling === null ? [] : [`scaled by ${short(scaling.slope)}, plus ${short(scaling.intercept)}`]),
  ]
  const rows = affine.slice(0, 3).map((row) => row.map((value) => short(value).padStart(11)).join(""))
  return `${[
    file,
    `shape     ${shape.join(" x ")}, ${voxels} voxels`,
    `spacing   ${spacingMm.map(short).join(" x ")} mm`,
    `datatype  ${stored.join(", ")}`,
    `values    ${short(min)} to ${short(max)}, mean ${short(mean)}`,
    `affine   ${rows.join("\n         ")}`,
  ].join("\n")}\n`
}
