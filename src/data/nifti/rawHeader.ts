import { failure } from "../../failure/failure.ts"

/** The fields that matter, as they stand in the file, before any judgement. */
export interface RawHeader {
  readonly littleEndian: boolean
  /** 8 numbers: how many dimensions, then their sizes. */
  readonly dim: readonly number[]
  /** 8 numbers: the handedness of the qform, then the spacings. */
  readonly pixdim: readonly number[]
  readonly datatype: number
  readonly bitpix: number
  readonly voxelOffset: number
  readonly minVoxelOffset: number
  readonly slope: number
  readonly intercept: number
  readonly units: number
  readonly qformCode: number
  readonly sformCode: number
  readonly quaternion: readonly [number, number, number]
  readonly quaternionOffset: readonly [number, number, number]
  /** 3 rows of 4 */
  readonly sform: readonly (readonly number[])[]
}

/** Bytes of the longer of the two headers, NIfTI-2's. */
export const longestHeader = 540

/** Tells NIfTI-1 from NIfTI-2 and the byte order, and reads the fields.
 *  Throws Failure("data") when the bytes are too few, are not NIfTI, or are half of a .hdr/.img pair. */
export const layoutOf = (bytes: Uint8Array, file: string): RawHeader => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const notNifti = (found: string, fix: string) =>
    failure("data", {
      message: "the file is not a NIfTI volume",
      file,
      expected: "a NIfTI-1 or NIfTI-2 header",
      found,
      fix,
    })
  const damaged = "check where the file comes from; a copy may have been cut short"
  if (bytes.length < 4) throw notNifti(`${bytes.length} bytes`, damaged)
  const littleEndian = view.getInt32(0, true) === 348 || view.getInt32(0, true) === 540
  const size = view.getInt32(0, littleEndian)
  if (size !== 348 && size !== 540) throw notNifti(`sizeof_hdr = ${view.getInt32(0, true)}`, damaged)
  if (bytes.length < size) throw notNifti(`${bytes.length} bytes of a header of ${size}`, damaged)
  const magic = String.fromCharCode(...bytes.subarray(size === 348 ? 344 : 4, size === 348 ? 348 : 8))
  if (magic === "ni1\0" || magic === "ni2\0")
    throw notNifti(
      "the header half of a .hdr/.img pair",
      "join the pair into one file with nibabel: nibabel.save(nibabel.load('x.hdr'), 'x.nii.gz')",
    )
  if (magic !== (size === 348 ? "n+1\0" : "n+2\0"))
    throw notNifti(
      `magic ${JSON.stringify(magic)}`,
      "if it is an ANALYZE file, convert it with nibabel: nibabel.save(nibabel.load('x.img'), 'x.nii.gz')",
    )
  return size === 348 ? nifti1(view, littleEndian) : nifti2(view, littleEndian)
}

const several = (count: number, start: number, step: number, read: (at: number) => number): number[] =>
  Array.from({ length: count }, (_, i) => read(start + i * step))

const triple = (start: number, step: number, read: (at: number) => number): [number, number, number] => [
  read(start),
  read(start + step),
  read(start + 2 * step),
]

const nifti1 = (view: DataView, littleEndian: boolean): RawHeader => {
  const int16 = (at: number) => view.getInt16(at, littleEndian)
  const float32 = (at: number) => view.getFloat32(at, littleEndian)
  return {
    littleEndian,
    dim: several(8, 40, 2, int16),
    pixdim: several(8, 76, 4, float32),
    datatype: int16(70),
    bitpix: int16(72),
    voxelOffset: float32(108),
    minVoxelOffset: 352,
    slope: float32(112),
    intercept: float32(116),
    units: view.getUint8(123),
    qformCode: int16(252),
    sformCode: int16(254),
    quaternion: triple(256, 4, float32),
    quaternionOffset: triple(268, 4, float32),
    sform: several(3, 280, 16, (at) => at).map((at) => several(4, at, 4, float32)),
  }
}

const nifti2 = (view: DataView, littleEndian: boolean): RawHeader => {
  const int32 = (at: number) => view.getInt32(at, littleEndian)
  const int64 = (at: number) => Number(view.getBigInt64(at, littleEndian))
  const float64 = (at: number) => view.getFloat64(at, littleEndian)
  return {
    littleEndian,
    dim: several(8, 16, 8, int64),
    pixdim: several(8, 104, 8, float64),
    datatype: view.getInt16(12, littleEndian),
    bitpix: view.getInt16(14, littleEndian),
    voxelOffset: int64(168),
    minVoxelOffset: 544,
    slope: float64(176),
    intercept: float64(184),
    units: int32(500),
    qformCode: int32(344),
    sformCode: int32(348),
    quaternion: triple(352, 8, float64),
    quaternionOffset: triple(376, 8, float64),
    sform: several(3, 400, 32, (at) => at).map((at) => several(4, at, 8, float64)),
  }
}
