import type { Geometry } from "../dataset/dataset.ts"
import { type Affine, determinant, quaternionToAffine, spacingAffine, stepsMm } from "./orientation.ts"
import type { RawHeader } from "./rawHeader.ts"
import { numbers, type Report, rewrite } from "./report.ts"

/** Spacing by pixdim and by the affine, and sform and qform, agree within this share of the spacing. */
const tolerance = 1e-3

/** Six digits: the header's float32 has no more. */
const short = (values: readonly number[]) => numbers(values.map((value) => Number(value.toPrecision(6))))

const millimetres = (steps: readonly number[]) => `${short(steps)} mm`

const matrix = (affine: Affine) => `[${affine.map((row) => `[${short(row)}]`).join(", ")}]`

/** xyzt_units, low three bits: unknown is taken for mm, as every program does. */
const millimetresPerUnit: Readonly<Record<number, number>> = { 0: 1, 1: 1000, 2: 1, 3: 0.001 }

/** Spacing in mm; null when it was reported. */
export const checkSpacing = (
  raw: RawHeader,
  shape: readonly number[],
  report: Report,
): Geometry["spacingMm"] | null => {
  const unit = millimetresPerUnit[raw.units & 7]
  if (unit === undefined) {
    report({
      message: "the unit of length is not one of NIfTI's",
      path: "xyzt_units",
      expected: "0 (unknown), 1 (m), 2 (mm) or 3 (micron)",
      found: String(raw.units & 7),
      fix: rewrite,
    })
    return null
  }
  const valid = (step: number) => Number.isFinite(step) && step > 0
  const [x, y, z] = raw.pixdim.slice(1, 4) as [number, number, number]
  const steps = [x, y, shape.length > 2 ? z : thicknessOf(raw)] as const
  if (!steps.every(valid)) {
    report({
      message: "the spacing of the voxels is not a length",
      path: "pixdim",
      expected: "positive and finite",
      found: numbers(steps),
      fix: "set the true spacing with nibabel: image.header.set_zooms(...), then save",
    })
    return null
  }
  return [steps[0] * unit, steps[1] * unit, steps[2] * unit]
}

/** The third spacing of a 2-D image, where pixdim need not hold one: the sform's, else pixdim's if it is one. */
const thicknessOf = ({ sformCode, sform, pixdim }: RawHeader): number => {
  const step = sformCode > 0 ? Math.hypot(...sform.map((row) => row[2]!)) : pixdim[3]!
  return Number.isFinite(step) && step > 0 ? step : 1
}

/** The affine in mm by the sform, else the qform, else the spacing alone; null when it was reported.
 *  The spacing alone, with the first voxel at the origin, is NIfTI's method 1; nibabel centres the volume then, and
 *  flips x. */
export const checkAffine = (
  raw: RawHeader,
  spacingMm: Geometry["spacingMm"],
  report: Report,
): Affine | null => {
  const unit = millimetresPerUnit[raw.units & 7]!
  const inMm = (row: readonly number[]) => row.map((value) => value * unit)
  const unitQuaternion = Math.hypot(...raw.quaternion) < 1 + tolerance
  if (raw.qformCode > 0 && !unitQuaternion) {
    report({
      message: "the quaternion is not a rotation",
      path: "quatern_b, quatern_c, quatern_d",
      expected: "a length of at most 1",
      found: numbers(raw.quaternion),
      fix: rewrite,
    })
    return null
  }
  const sform = raw.sformCode > 0 ? [...raw.sform.map(inMm), [0, 0, 0, 1]] : null
  const qform =
    raw.qformCode > 0
      ? quaternionToAffine(
          {
            bcd: raw.quaternion,
            offsetMm: inMm(raw.quaternionOffset) as [number, number, number],
            handedness: raw.pixdim[0] === -1 ? -1 : 1,
          },
          spacingMm,
        )
      : null
  const affine = sform ?? qform ?? spacingAffine(spacingMm)
  const name = sform !== null ? "srow_x, srow_y, srow_z" : "quatern_b, quatern_c, quatern_d"
  const determinantMm3 = determinant(affine)
  if (!affine.flat().every(Number.isFinite) || !(Math.abs(determinantMm3) > 0)) {
    report({
      message: "the affine does not place the voxels in space",
      path: name,
      expected: "finite numbers, three independent axes",
      found: matrix(affine),
      fix: rewrite,
    })
    return null
  }
  const steps = stepsMm(affine)
  if (steps.some((step, axis) => Math.abs(step - spacingMm[axis]!) > tolerance * spacingMm[axis]!)) {
    report({
      message: "pixdim and sform disagree about the spacing, so no distance in mm can be trusted",
      path: `pixdim; ${name}`,
      expected: `${millimetres(spacingMm)} (pixdim)`,
      found: `${millimetres(steps)} (sform)`,
      fix: "save again with nibabel: nibabel.Nifti1Image(array, the true affine)",
    })
    return null
  }
  // Two different codes name two spaces, which may differ (scanner and template); one code names one.
  if (
    sform !== null &&
    qform !== null &&
    raw.sformCode === raw.qformCode &&
    differ(sform, qform, spacingMm)
  ) {
    report({
      message: "sform and qform claim the same space and contradict each other",
      path: "sform_code, qform_code",
      expected: `${matrix(sform)} (sform)`,
      found: `${matrix(qform)} (qform)`,
      fix: "find out which is right and set both with nibabel: image.set_sform(affine, 1); image.set_qform(affine, 1)",
    })
    return null
  }
  return affine
}

/** Whether two grids of one spacing differ by more than what a quaternion in float32 loses. */
const differ = (one: Affine, other: Affine, spacingMm: readonly number[]): boolean =>
  one.slice(0, 3).some((row, r) =>
    row.some((value, column) => {
      const scale = column < 3 ? spacingMm[column]! : Math.max(...spacingMm)
      return Math.abs(value - other[r]![column]!) > 0.01 * scale
    }),
  )
