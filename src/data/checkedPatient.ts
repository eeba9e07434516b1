import { Failure, type Problem } from "../failure/failure.ts"
import type { Geometry } from "./dataset.ts"
import { readNifti, type Volume } from "./nifti/readNifti.ts"
import type { PatientVolume } from "./source.ts"

/** Where one patient's volumes lie. */
export interface PatientFiles {
  readonly id: string
  readonly image: string
  readonly expert: string
  readonly second?: string
  /** By the annotator's name. */
  readonly annotators: Readonly<Record<string, string>>
}

/** How far image and mask must lie on the same grid: "geometry" compares shape, spacing and affine; "shape" only
 *  the shape, for masks whose program lost the geometry. */
export type Agreement = "geometry" | "shape"

/** Opens a patient's files and checks that they fit together: one grid, masks of 0 and 1 only, an image that is not
 *  constant, every number finite. Throws Failure("data") with every problem of all the files. */
export const checkedPatient = async (files: PatientFiles, agreement: Agreement): Promise<PatientVolume> => {
  const problems: Problem[] = []
  const path = `case ${files.id}`
  const open = async (file: string): Promise<Volume | null> => {
    try {
      return await readNifti(file)
    } catch (error) {
      if (!(error instanceof Failure) || error.kind !== "data") throw error
      problems.push(
        ...error.problems.map((problem) => ({
          ...problem,
          path: [path, problem.path].filter(Boolean).join(", "),
        })),
      )
      return null
    }
  }
  const image = await open(files.image)
  if (image !== null) problems.push(...constancy(image).map((problem) => ({ ...problem, path })))
  const mask = async (file: string): Promise<Uint8Array> => {
    const volume = await open(file)
    if (volume === null) return new Uint8Array(0)
    const found = [...binarity(volume), ...(image === null ? [] : disagreement(image, volume, agreement))]
    problems.push(...found.map((problem) => ({ ...problem, path })))
    return volume.voxels instanceof Uint8Array ? volume.voxels : Uint8Array.from(volume.voxels)
  }
  const expert = await mask(files.expert)
  const second = files.second === undefined ? undefined : await mask(files.second)
  const annotators: Record<string, Uint8Array> = {}
  for (const [name, file] of Object.entries(files.annotators)) annotators[name] = await mask(file)
  if (image === null || problems.length > 0) throw new Failure("data", problems)
  return {
    id: files.id,
    geometry: image.geometry,
    image: image.voxels instanceof Float32Array ? image.voxels : Float32Array.from(image.voxels),
    expert,
    ...(second === undefined ? {} : { second }),
    annotators,
  }
}

const constancy = ({ file, voxels }: Volume): Problem[] =>
  voxels.every((value) => value === voxels[0])
    ? [
        {
          message: "the image is the same everywhere",
          file,
          found: `every voxel is ${voxels[0]}`,
          fix: "export the image again, or leave this patient out",
        },
      ]
    : []

const binarity = ({ file, voxels }: Volume): Problem[] => {
  // A loop, since a call per voxel would be felt with fifty million of them.
  let i = 0
  while (i < voxels.length && (voxels[i] === 0 || voxels[i] === 1)) i++
  if (i === voxels.length) return []
  const counts = new Map<number, number>()
  const maxShown = 8
  for (const value of voxels)
    if (counts.has(value) || counts.size < maxShown) counts.set(value, (counts.get(value) ?? 0) + 1)
  const values = [...counts.keys()].sort((a, b) => a - b)
  const twoValued = values.length === 2 && values[0] === 0
  return [
    {
      message: "the mask holds more than 0 and 1",
      file,
      expected: "0 outside, 1 inside",
      found: `${values.map((value) => `${value} (${counts.get(value)} voxels)`).join(", ")}${values.length === maxShown ? ", ..." : ""}`,
      fix: twoValued
        ? `if ${values[1]} means inside, convert it with nibabel: nibabel.Nifti1Image((array == ${values[1]}).astype('uint8'), image.affine)`
        : "say what is inside and convert it with nibabel, for instance: nibabel.Nifti1Image((array > 0).astype('uint8'), image.affine)",
    },
  ]
}

const tolerance = 1e-3

const disagreement = (image: Volume, mask: Volume, agreement: Agreement): Problem[] => {
  const one = image.geometry
  const other = mask.geometry
  const close = (a: number, b: number, scale: number) => Math.abs(a - b) <= tolerance * scale
  const sameShape = one.shape.every((side, axis) => side === other.shape[axis])
  const sameSpacing = one.spacingMm.every((step, axis) => close(step, other.spacingMm[axis]!, step))
  const sameAffine = one.affine.every((row, r) =>
    // Directions within a thousandth of a voxel's side, the origin within a thousandth of a millimetre.
    row.every((value, c) => close(value, other.affine[r]![c]!, c < 3 ? one.spacingMm[c]! : 1)),
  )
  const differing = [
    ...(sameShape ? [] : ["shape"]),
    ...(sameSpacing || agreement === "shape" ? [] : ["spacing"]),
    ...(sameAffine || agreement === "shape" ? [] : ["affine"]),
  ]
  if (differing.length === 0) return []
  return [
    {
      message: `mask and image differ in ${differing.join(", ")}`,
      file: mask.file,
      expected: `${shown(one)} (image ${image.file})`,
      found: shown(other),
      fix: sameShape
        ? "if the voxels belong together one by one all the same, set load.source.agreement: shape"
        : "export the mask on the image's own grid",
    },
  ]
}

const shown = ({ shape, spacingMm, affine }: Geometry): string =>
  `${shape.join(" x ")} voxels of ${spacingMm.map((step) => Number(step.toPrecision(6))).join(" x ")} mm, affine ${JSON.stringify(
    affine.slice(0, 3).map((row) => row.map((value) => Number(value.toPrecision(6)))),
  )}`
