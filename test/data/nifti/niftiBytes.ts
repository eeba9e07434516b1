/** The fields of a header that losslab looks at; of nifti1.h and nifti2.h, from which the places below are. */
export interface Fields {
  readonly version: 1 | 2
  readonly littleEndian: boolean
  /** 8 numbers */
  readonly dim: readonly number[]
  /** 8 numbers */
  readonly pixdim: readonly number[]
  readonly datatype: number
  readonly bitpix: number
  readonly voxelOffset: number
  readonly slope: number
  readonly intercept: number
  readonly units: number
  readonly qformCode: number
  readonly sformCode: number
  /** b, c, d */
  readonly quaternion: readonly number[]
  readonly quaternionOffset: readonly number[]
  /** 3 rows of 4 */
  readonly sform: readonly (readonly number[])[]
}

/** 4 x 3 x 2 voxels of 1 x 2 x 3 mm in uint8, by spacing alone. */
const plain: Fields = {
  version: 1,
  littleEndian: true,
  dim: [3, 4, 3, 2, 1, 1, 1, 1],
  pixdim: [1, 1, 2, 3, 1, 1, 1, 1],
  datatype: 2,
  bitpix: 8,
  voxelOffset: 352,
  slope: 1,
  intercept: 0,
  units: 2,
  qformCode: 0,
  sformCode: 0,
  quaternion: [0, 0, 0],
  quaternionOffset: [0, 0, 0],
  sform: [
    [1, 0, 0, 0],
    [0, 2, 0, 0],
    [0, 0, 3, 0],
  ],
}

/** A header and what stands between it and the voxels, which are appended as they are. */
export const niftiBytes = (
  changes: Partial<Fields> = {},
  voxels: Uint8Array = new Uint8Array(0),
): Uint8Array => {
  const isSecond = changes.version === 2
  const fields = { ...plain, ...(isSecond ? { voxelOffset: 544 } : {}), ...changes }
  const start = Number.isFinite(fields.voxelOffset) ? Math.min(1000, Math.max(544, fields.voxelOffset)) : 544
  const bytes = new Uint8Array((isSecond || fields.voxelOffset !== 352 ? start : 352) + voxels.length)
  bytes.set(voxels, bytes.length - voxels.length)
  const view = new DataView(bytes.buffer)
  const little = fields.littleEndian
  const int16 =
    (at: number) =>
    (value: number, i = 0) =>
      view.setInt16(at + 2 * i, value, little)
  const int32 =
    (at: number) =>
    (value: number, i = 0) =>
      view.setInt32(at + 4 * i, value, little)
  const int64 =
    (at: number) =>
    (value: number, i = 0) =>
      view.setBigInt64(at + 8 * i, BigInt(value), little)
  const float32 =
    (at: number) =>
    (value: number, i = 0) =>
      view.setFloat32(at + 4 * i, value, little)
  const float64 =
    (at: number) =>
    (value: number, i = 0) =>
      view.setFloat64(at + 8 * i, value, little)
  const text = (at: number) => (value: string) => {
    bytes.set(new TextEncoder().encode(value), at)
  }
  const put = isSecond
    ? {
        size: int32(0),
        magic: text(4),
        datatype: int16(12),
        bitpix: int16(14),
        dim: int64(16),
        pixdim: float64(104),
        voxelOffset: int64(168),
        slope: float64(176),
        intercept: float64(184),
        qformCode: int32(344),
        sformCode: int32(348),
        quaternion: float64(352),
        quaternionOffset: float64(376),
        sform: float64(400),
        units: int32(500),
      }
    : {
        size: int32(0),
        dim: int16(40),
        datatype: int16(70),
        bitpix: int16(72),
        pixdim: float32(76),
        voxelOffset: float32(108),
        slope: float32(112),
        intercept: float32(116),
        units: (value: number) => view.setUint8(123, value),
        qformCode: int16(252),
        sformCode: int16(254),
        quaternion: float32(256),
        quaternionOffset: float32(268),
        sform: float32(280),
        magic: text(344),
      }
  put.size(isSecond ? 540 : 348)
  put.magic(isSecond ? "n+2\0\r\n\x1a\n" : "n+1\0")
  for (const [i, value] of fields.dim.entries()) put.dim(value, i)
  for (const [i, value] of fields.pixdim.entries()) put.pixdim(value, i)
  put.datatype(fields.datatype)
  put.bitpix(fields.bitpix)
  put.voxelOffset(fields.voxelOffset)
  put.slope(fields.slope)
  put.intercept(fields.intercept)
  put.units(fields.units)
  put.qformCode(fields.qformCode)
  put.sformCode(fields.sformCode)
  for (const [i, value] of fields.quaternion.entries()) put.quaternion(value, i)
  for (const [i, value] of fields.quaternionOffset.entries()) put.quaternionOffset(value, i)
  for (const [i, value] of fields.sform.flat().entries()) put.sform(value, i)
  return bytes
}
