import { spacingAffine } from "../../src/data/nifti/orientation.ts"
import { writeNifti } from "../../src/data/nifti/writeNifti.ts"

interface Drawing {
  /** Between columns, rows and slices. */
  readonly spacingMm?: readonly [number, number, number]
  readonly originMm?: number
  readonly gzip?: boolean
  /** Of the stored numbers. */
  readonly scaling?: readonly [slope: number, intercept: number]
}

/** A NIfTI file of slices that are drawn as text: "#" is 1, a digit itself, anything else 0. */
export const drawn = (
  slices: readonly (readonly string[])[],
  { spacingMm = [1, 1, 1], originMm = 0, gzip = false, scaling }: Drawing = {},
): Uint8Array => {
  const characters = [...slices.flat().join("")]
  const bytes = writeNifti(
    {
      geometry: {
        shape: [slices[0]![0]!.length, slices[0]!.length, slices.length],
        spacingMm,
        affine: spacingAffine(spacingMm).map((row, r) => (r === 0 ? [...row.slice(0, 3), originMm] : row)),
      },
      datatype: "uint8",
      voxels: Uint8Array.from(characters, (character) =>
        character === "#" ? 1 : /\d/.test(character) ? Number(character) : 0,
      ),
    },
    { gzip },
  )
  if (scaling !== undefined) {
    const view = new DataView(bytes.buffer)
    view.setFloat32(112, scaling[0], true)
    view.setFloat32(116, scaling[1], true)
  }
  return bytes
}
