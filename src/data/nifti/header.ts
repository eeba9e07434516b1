import { Failure, type Problem } from "../../failure/failure.ts"
import type { Geometry } from "../dataset.ts"
import { type Datatype, datatypes, unsupportedDatatypes } from "./datatype.ts"
import { layoutOf, type RawHeader } from "./layout.ts"
import { type Affine, determinant, quaternionToAffine, spacingAffine, stepsMm } from "./orientation.ts"

/** A header in which everything that reading depends on has been checked. */
export interface NiftiHeader {
  readonly file: string
  /** In file order, as the file has it: 2 sides for a 2-D image, a trailing 1 kept. */
  readonly shape: readonly number[]
  /** The same as a volume: [columns, rows, slices], one slice for a 2-D image. */
  readonly geometry: Geometry
  readonly datatype: Datatype
  /** Value = stored * slope + intercept; null when the file asks for no scaling. */
  readonly scaling: { readonly slope: number; readonly intercept: number } | null
  readonly littleEndian: boolean
  /** Of the voxels in the uncompressed file. */
  readonly voxelOffset: number
  readonly voxels: number
  readonly voxelBytes: number
}

/** More than this is a lie or beyond this program: 4 GiB of voxels. */
const maxVoxelBytes = 2 ** 32

/** More header than this is no header: extensions end here. */
const maxVoxelOffset = 2 ** 26

/** Spacing by pixdim and by the affine, and sform and qform, agree within this share of the spacing. */
const tolerance = 1e-3

const numbers = (values: readonly number[], separator = ", ") => values.join(separator)
const matrix = (affine: Affine) =>
  `[${affine.map((row) => `[${numbers(row.map((value) => Number(value.toPrecision(6))))}]`).join(", ")}]`

/** Checks a NIfTI-1 or NIfTI-2 header. Throws Failure("data") with every problem found in it.
 *  @param bytes the first bytes of the uncompressed file; 540 are enough for both versions. */
export const parseHeader = (bytes: Uint8Array, file: string): NiftiHeader => {
  const raw = layoutOf(bytes, file)
  const problems: Problem[] = []
  const report = (problem: Omit<Problem, "file">) => {
    problems.push({ file, ...problem })
  }
  const shape = checkShape(raw, report)
  const datatype = checkDatatype(raw, report)
  const spacingMm = shape === null ? null : checkSpacing(raw, shape, report)
  const affine = spacingMm === null ? null : checkAffine(raw, spacingMm, report)
  const scaling = checkScaling(raw, report)
  if (
    !Number.isInteger(raw.voxelOffset) ||
    raw.voxelOffset < raw.minVoxelOffset ||
    raw.voxelOffset > maxVoxelOffset
  )
    report({
      message: "vox_offset does not say where the voxels begin",
      path: "vox_offset",
      expected: `a whole number, ${raw.minVoxelOffset} to ${maxVoxelOffset}`,
      found: String(raw.voxelOffset),
      fix: rewrite,
    })
  const voxels = shape === null ? 0 : shape.reduce((product, side) => product * side, 1)
  const voxelBytes = voxels * (datatype?.bytes ?? 1)
  if (voxelBytes > maxVoxelBytes)
    report({
      message: "the volume is larger than losslab reads",
      path: "dim",
      expected: `at most ${maxVoxelBytes} bytes of voxels`,
      found: `${shape?.join(" x ")} voxels, ${voxelBytes} bytes`,
    })
  if (problems.length > 0 || shape === null || datatype === null || spacingMm === null || affine === null)
    throw new Failure("data", problems)
  return {
    file,
    shape,
    geometry: { shape: [shape[0]!, shape[1]!, shape[2] ?? 1], spacingMm, affine },
    datatype,
    scaling,
    littleEndian: raw.littleEndian,
    voxelOffset: raw.voxelOffset,
    voxels,
    voxelBytes,
  }
}

type Report = (problem: Omit<Problem, "file">) => void

const rewrite = "the header is damaged or was written by a faulty program: export the file again"

const checkShape = ({ dim }: RawHeader, report: Report): readonly number[] | null => {
  const rank = dim[0]!
  if (!Number.isInteger(rank) || rank < 1 || rank > 7) {
    report({
      message: "dim[0] is not a number of dimensions",
      path: "dim[0]",
      expected: "2 or 3",
      found: String(rank),
      fix: rewrite,
    })
    return null
  }
  const shape = dim.slice(1, rank + 1)
  if (shape.some((side) => !Number.isSafeInteger(side) || side < 1)) {
    report({
      message: "a side of the volume is not a positive number",
      path: "dim",
      expected: "every side 1 or more",
      found: numbers(shape, " x "),
      fix: rewrite,
    })
    return null
  }
  if (rank < 2 || shape.slice(3).some((side) => side > 1)) {
    report({
      message: rank < 2 ? "the file holds a line, not an image" : "the file holds a series of volumes",
      path: "dim",
      expected: "2 or 3 dimensions (further ones of size 1 are ignored)",
      found: numbers(shape, " x "),
      ...(rank < 2
        ? {}
        : { fix: "save the volume you mean (one time point or channel) in a file of its own" }),
    })
    return null
  }
  return shape
}

const checkDatatype = ({ datatype: code, bitpix }: RawHeader, report: Report): Datatype | null => {
  const datatype = datatypes.get(code)
  if (datatype === undefined) {
    const name = unsupportedDatatypes.get(code)
    report({
      message:
        name === undefined ? "the datatype is not one of NIfTI's" : `the datatype ${name} is not supported`,
      path: "datatype",
      expected: [...datatypes.values()].map(({ name }) => name).join(", "),
      found: name === undefined ? String(code) : `${code} (${name})`,
      fix:
        name === undefined
          ? rewrite
          : "convert with nibabel: nibabel.Nifti1Image(array.astype('float32'), image.affine), one number per voxel",
    })
    return null
  }
  if (bitpix !== datatype.bytes * 8)
    report({
      message: "bitpix contradicts the datatype",
      path: "bitpix",
      expected: `${datatype.bytes * 8} (${datatype.name})`,
      found: String(bitpix),
      fix: rewrite,
    })
  return datatype
}

/** xyzt_units, low three bits: unknown is taken for mm, as every program does. */
const millimetresPerUnit: Readonly<Record<number, number>> = { 0: 1, 1: 1000, 2: 1, 3: 0.001 }

const checkSpacing = (
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
  const flat = shape.length === 2
  const valid = (step: number) => Number.isFinite(step) && step > 0
  const [x, y, z] = raw.pixdim.slice(1, 4) as [number, number, number]
  // A 2-D image has no third spacing; what its header says there means nothing unless it is one.
  const steps = [x, y, flat && !valid(z) ? 1 : z] as const
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

const checkAffine = (raw: RawHeader, spacingMm: Geometry["spacingMm"], report: Report): Affine | null => {
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
      expected: `${numbers(spacingMm)} mm (pixdim)`,
      found: `${numbers(steps)} mm (sform)`,
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

const checkScaling = ({ slope, intercept }: RawHeader, report: Report): NiftiHeader["scaling"] => {
  const unset = slope === 0 || (Number.isNaN(slope) && (Number.isNaN(intercept) || intercept === 0))
  if (unset || (slope === 1 && intercept === 0)) return null
  if (!Number.isFinite(slope) || !Number.isFinite(intercept))
    report({
      message: "scl_slope and scl_inter do not say how to scale",
      path: "scl_slope, scl_inter",
      expected: "both finite, or slope 0, or both NaN (no scaling)",
      found: `${slope}, ${intercept}`,
      fix: rewrite,
    })
  return { slope, intercept }
}
