import type { NumericArray } from "../files/bytes.ts"
import type { DatatypeName } from "../files/volume.ts"

interface ArrayType<A> {
  readonly BYTES_PER_ELEMENT: number
  new (length: number): A
  new (buffer: ArrayBuffer, byteOffset: number, length: number): A
}

export interface Datatype {
  readonly name: DatatypeName
  readonly bytes: number
  /** Views of the raw elements, in this machine's byte order. */
  readonly Raw: ArrayType<NumericArray | BigInt64Array | BigUint64Array>
  /** What the voxels are kept in when there is no scaling: exact. */
  readonly Plain: ArrayType<NumericArray>
  /** What they are kept in after scaling: float32 where 16 bits come in, else float64. */
  readonly Scaled: ArrayType<Float32Array | Float64Array>
  readonly isFloat: boolean
}

const integer = (name: DatatypeName, Voxels: ArrayType<NumericArray>, bytes: number): Datatype => ({
  name,
  bytes,
  Raw: Voxels,
  Plain: Voxels,
  Scaled: bytes <= 2 ? Float32Array : Float64Array,
  isFloat: false,
})

const bigInteger = (name: DatatypeName, Raw: ArrayType<BigInt64Array | BigUint64Array>): Datatype => ({
  name,
  bytes: 8,
  Raw,
  Plain: Float64Array,
  Scaled: Float64Array,
  isFloat: false,
})

const float = (
  name: DatatypeName,
  Voxels: ArrayType<Float32Array | Float64Array>,
  bytes: number,
): Datatype => ({
  name,
  bytes,
  Raw: Voxels,
  Plain: Voxels,
  Scaled: Voxels,
  isFloat: true,
})

/** By NIfTI code. */
export const datatypes: ReadonlyMap<number, Datatype> = new Map([
  [2, integer("uint8", Uint8Array, 1)],
  [4, integer("int16", Int16Array, 2)],
  [8, integer("int32", Int32Array, 4)],
  [16, float("float32", Float32Array, 4)],
  [64, float("float64", Float64Array, 8)],
  [256, integer("int8", Int8Array, 1)],
  [512, integer("uint16", Uint16Array, 2)],
  [768, integer("uint32", Uint32Array, 4)],
  [1024, bigInteger("int64", BigInt64Array)],
  [1280, bigInteger("uint64", BigUint64Array)],
])

/** Codes of NIfTI that hold no single number per voxel, or more precision than a number here has. */
export const unsupportedDatatypes: ReadonlyMap<number, string> = new Map([
  [1, "binary (1 bit)"],
  [32, "complex64"],
  [128, "RGB24"],
  [1536, "float128"],
  [1792, "complex128"],
  [2048, "complex256"],
  [2304, "RGBA32"],
])
