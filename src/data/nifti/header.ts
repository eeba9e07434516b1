import { Failure, type Problem } from "../../failure/failure.ts"
import type { Geometry } from "../dataset/dataset.ts"
import { checkAffine, checkSpacing } from "./checkGeometry.ts"
import { type Datatype, datatypes, unsupportedDatatypes } from "./datatype.ts"
import { layoutOf, type RawHeader } from "./rawHeader.ts"
import { numbers, type Report, rewrite } from "./report.ts"

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
  /** What the voxels are kept in after scaling. */
  readonly Voxels: Datatype["Plain"]
  readonly littleEndian: boolean
  /** How many volumes the file holds one after the other: channels or time points. */
  readonly volumes: number
  /** Where the voxels of the chosen volume begin in the uncompressed file; how many they are, and their bytes. */
  readonly voxelOffset: number
  readonly voxels: number
  readonly voxelBytes: number
  /** Of the whole uncompressed file. */
  readonly fileBytes: number
}

/** More than this is a lie or beyond this program: 4 GiB of voxels, in the file and in memory. */
const maxVoxelBytes = 2 ** 32

/** More header than this is no header: extensions end here. */
const maxVoxelOffset = 2 ** 26

/** Checks a NIfTI-1 or NIfTI-2 header. Throws Failure("data") with every problem found in it.
 *  @param bytes the first bytes of the uncompressed file; 540 are enough for both versions.
 *  @param channel which of several volumes is meant; null refuses a file that holds several */
export const parseHeader = (bytes: Uint8Array, file: string, channel: number | null = null): NiftiHeader => {
  const raw = layoutOf(bytes, file)
  const problems: Problem[] = []
  const report = (problem: Omit<Problem, "file">) => {
    problems.push({ file, ...problem })
  }
  const shape = checkShape(raw, channel, report)
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
  const volumes = product(shape?.slice(3) ?? [])
  const voxels = product(shape?.slice(0, 3) ?? [])
  const voxelBytes = voxels * (datatype?.bytes ?? 1)
  const Voxels = (scaling === null ? datatype?.Plain : datatype?.Scaled) ?? Uint8Array
  const keptBytes = voxels * Voxels.BYTES_PER_ELEMENT
  if (Math.max(voxelBytes, keptBytes) > maxVoxelBytes)
    report({
      message: "the volume is larger than losslab reads",
      path: "dim",
      expected: `at most ${maxVoxelBytes} bytes of voxels`,
      found: `${shape?.join(" x ")} voxels, ${voxelBytes} bytes${keptBytes > voxelBytes ? `, ${keptBytes} after scaling` : ""}`,
    })
  if (problems.length > 0 || shape === null || datatype === null || spacingMm === null || affine === null)
    throw new Failure("data", problems)
  return {
    file,
    shape,
    geometry: { shape: [shape[0]!, shape[1]!, shape[2] ?? 1], spacingMm, affine },
    datatype,
    scaling,
    Voxels,
    littleEndian: raw.littleEndian,
    volumes,
    voxelOffset: raw.voxelOffset + (channel ?? 0) * voxelBytes,
    voxels,
    voxelBytes,
    fileBytes: raw.voxelOffset + volumes * voxelBytes,
  }
}

const product = (sides: readonly number[]): number => sides.reduce((result, side) => result * side, 1)

const checkShape = ({ dim }: RawHeader, channel: number | null, report: Report): readonly number[] | null => {
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
  const volumes = product(shape.slice(3))
  const found = numbers(shape, " x ")
  if (rank < 2) {
    report({
      message: "the file holds a line, not an image",
      path: "dim",
      expected: "2 or 3 dimensions (further ones of size 1 are ignored)",
      found,
    })
    return null
  }
  if (channel === null && volumes > 1) {
    report({
      message: "the file holds a series of volumes",
      path: "dim",
      expected: "2 or 3 dimensions (further ones of size 1 are ignored)",
      found,
      fix: `save the volume you mean (one time point or channel) in a file of its own; in an experiment, choose one of the ${volumes} images by load.source.channel, counted from 0`,
    })
    return null
  }
  if (channel !== null && channel >= volumes) {
    report({
      message: `the file has no channel ${channel}`,
      path: "dim",
      expected: volumes === 1 ? "channel 0, the only one" : `a channel from 0 to ${volumes - 1}`,
      found,
      fix: "set load.source.channel to one that all images have",
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
          : "convert it with nibabel, to one number per voxel: nibabel.Nifti1Image(array.astype('float32'), image.affine)",
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
