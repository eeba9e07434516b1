import type { backend_util } from "@tensorflow/tfjs-core"

/** TF_DataType of tensorflow/c/tf_datatype.h, as far as tfjs knows them. */
export const dataType = {
  float32: 1,
  int32: 3,
  uint8: 4,
  string: 7,
  complex64: 8,
  int64: 9,
  bool: 10,
  resource: 20,
} as const

/** TF_AttrType of tensorflow/c/c_api.h. */
export const attributeKind = {
  STRING: 0,
  INT: 1,
  FLOAT: 2,
  BOOL: 3,
  TYPE: 4,
  SHAPE: 5,
  RESOURCE: 7,
} as const

/** The value of an attribute of kind STRING: a text, or bytes as they are (a protocol buffer). */
export const textBytes = (value: unknown): Uint8Array =>
  value instanceof Uint8Array ? value : Buffer.from(value as string)

type Values = backend_util.BackendValues

/** The values as bytes in TensorFlow's layout. tfjs may keep a cast tensor in the array type that it had before
 *  the cast, so numbers are converted where the array does not fit the type.
 *  Throws when the count of values does not fit the shape: TensorFlow would read past the end. */
export const tensorBytes = (shape: readonly number[], dtype: number, values: Values): Uint8Array => {
  const array = inType(dtype, values)
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
  const count = shape.reduce((product, size) => product * size, 1)
  const expected = count * bytesPerValue(dtype)
  if (bytes.length !== expected) {
    throw new Error(`a tensor of shape [${shape.join(", ")}] takes ${expected} bytes, got ${bytes.length}`)
  }
  return bytes
}

/** Bytes of TensorFlow as the array that tfjs expects. int64, which tfjs lacks, becomes int32. */
export const typedArray = (dtype: number, buffer: ArrayBuffer): Float32Array | Int32Array | Uint8Array => {
  switch (dtype) {
    case dataType.float32:
    case dataType.complex64:
      return new Float32Array(buffer)
    case dataType.int32:
      return new Int32Array(buffer)
    case dataType.int64:
      return Int32Array.from(new BigInt64Array(buffer), Number)
    case dataType.bool:
    case dataType.uint8:
      return new Uint8Array(buffer)
    default:
      throw new Error(`tensors of TensorFlow's type ${dtype} cannot be read`)
  }
}

const bytesPerValue = (dtype: number): number => {
  if (dtype === dataType.bool || dtype === dataType.uint8) return 1
  return dtype === dataType.int64 || dtype === dataType.complex64 ? 8 : 4
}

type Numbers = Float32Array | Int32Array | Uint8Array

const inType = (dtype: number, values: Values): Numbers => {
  const numbers = values as ArrayLike<number>
  switch (dtype) {
    case dataType.float32:
    case dataType.complex64:
      return values instanceof Float32Array ? values : Float32Array.from(numbers)
    case dataType.int32:
    // tfjs-node passes one int64 as two int32 words.
    case dataType.int64:
      return values instanceof Int32Array ? values : Int32Array.from(numbers)
    case dataType.bool:
    case dataType.uint8:
      return values instanceof Uint8Array ? values : Uint8Array.from(numbers)
    default:
      throw new Error(`tensors of TensorFlow's type ${dtype} cannot be made`)
  }
}
