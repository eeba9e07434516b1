import { promisify } from "node:util"
import { gzip, gzipSync } from "node:zlib"
import { writeFileAtomic } from "../../system/atomicWrite.ts"
import type { Geometry } from "../dataset/dataset.ts"
import { bytesOf, machineIsLittleEndian, swapBytes } from "../files/bytes.ts"
import { affineToQuaternion } from "./orientation.ts"

/** What can be written: voxels x fastest, then y, then z, in the array type that the datatype names. */
export type WritableVolume = { readonly geometry: Geometry } & (
  | { readonly datatype: "uint8"; readonly voxels: Uint8Array }
  | { readonly datatype: "int16"; readonly voxels: Int16Array }
  | { readonly datatype: "float32"; readonly voxels: Float32Array }
)

const codes = { uint8: 2, int16: 4, float32: 16 } as const

const voxelOffset = 352

/** A NIfTI-1 file in memory: little-endian, no scaling, no extensions, every text field empty, so nothing of the
 *  patient or the machine leaks. The same volume always gives the same bytes. sform and qform say the same;
 *  a sheared affine, which a qform cannot express, is in the sform alone. The affine is stored as float32.
 *  @param options.gzip compressed, with nothing of the time, the file name or the machine in the gzip header.
 *  Throws RangeError when the number of voxels does not follow the shape, or a side is not in 1..32767. */
export const writeNifti = (volume: WritableVolume, options: { readonly gzip?: boolean } = {}): Uint8Array => {
  const { geometry, voxels, datatype } = volume
  const count = geometry.shape.reduce((product, side) => product * side, 1)
  if (geometry.shape.some((side) => !Number.isInteger(side) || side < 1 || side > 32767))
    throw new RangeError(`NIfTI-1 cannot hold the shape ${geometry.shape.join(" x ")}`)
  if (voxels.length !== count)
    throw new RangeError(`${voxels.length} voxels for the shape ${geometry.shape.join(" x ")} (${count})`)
  const bytes = new Uint8Array(voxelOffset + voxels.byteLength)
  writeHeader(new DataView(bytes.buffer), geometry, codes[datatype], voxels.BYTES_PER_ELEMENT * 8)
  bytes.set(bytesOf(voxels), voxelOffset)
  if (!machineIsLittleEndian) swapBytes(bytes.subarray(voxelOffset), voxels.BYTES_PER_ELEMENT)
  return options.gzip === true ? withoutSystem(gzipSync(bytes)) : bytes
}

/** Writes `<name>.nii` or, compressed (by another thread), `<name>.nii.gz`, as the path says; atomically. */
export const writeNiftiFile = async (path: string, volume: WritableVolume): Promise<void> => {
  const bytes = writeNifti(volume)
  await writeFileAtomic(path, path.endsWith(".gz") ? withoutSystem(await promisify(gzip)(bytes)) : bytes)
}

const writeHeader = (view: DataView, geometry: Geometry, datatype: number, bits: number): void => {
  const int16 = (at: number, value: number) => view.setInt16(at, value, true)
  const float32 = (at: number, value: number) => view.setFloat32(at, value, true)
  const { shape, spacingMm, affine } = geometry
  const quaternion = affineToQuaternion(affine)
  const millimetres = 2
  const scannerSpace = 1
  view.setInt32(0, 348, true)
  ;[3, ...shape, 1, 1, 1, 1].forEach((value, i) => {
    int16(40 + 2 * i, value)
  })
  int16(70, datatype)
  int16(72, bits)
  ;[quaternion?.handedness ?? 1, ...spacingMm, 1, 1, 1, 1].forEach((value, i) => {
    float32(76 + 4 * i, value)
  })
  float32(108, voxelOffset)
  float32(112, 1)
  view.setUint8(123, millimetres)
  if (quaternion !== null) {
    int16(252, scannerSpace)
    ;[...quaternion.bcd, ...quaternion.offsetMm].forEach((value, i) => {
      float32(256 + 4 * i, value)
    })
  }
  int16(254, scannerSpace)
  affine.slice(0, 3).forEach((row, r) => {
    row.forEach((value, column) => {
      float32(280 + 16 * r + 4 * column, value)
    })
  })
  view.setUint32(344, 0x6e2b3100) // "n+1" and a zero
}

/** A gzip file without the operating system's name; Node writes neither time nor file name. */
const withoutSystem = (gzipped: Buffer): Uint8Array => {
  const compressed = bytesOf(gzipped)
  const operatingSystem = 9
  compressed[operatingSystem] = 255
  return compressed
}
