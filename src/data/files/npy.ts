import { readFile } from "node:fs/promises"
import { type Failure, failure, type Problem } from "../../failure/failure.ts"
import { bytesOf, machineIsLittleEndian, type NumericArray, swapBytes } from "./bytes.ts"

const arrayTypes = {
  f4: Float32Array,
  f8: Float64Array,
  i1: Int8Array,
  i2: Int16Array,
  i4: Int32Array,
  i8: BigInt64Array,
  u1: Uint8Array,
  u2: Uint16Array,
  u4: Uint32Array,
  u8: BigUint64Array,
  b1: Uint8Array,
} as const

export interface Npy {
  /** numpy's name of the element type: "f4", "u1", "b1". */
  readonly dtype: keyof typeof arrayTypes
  readonly shape: readonly number[]
  /** C order: the last axis fastest. 64-bit integers come as float64, when exact; booleans as 0 or 1. */
  readonly data: NumericArray
}

type Refuse = (message: string, details?: Omit<Problem, "message" | "file">) => Failure

/** A .npy file, version 1 to 3, either byte order, C or Fortran order. Throws Failure("data") for anything damaged,
 *  too short or too long, and for arrays of Python objects, which are programs rather than data.
 *  @param source the file's bytes, or its path */
export const readNpy = async (source: Uint8Array | string): Promise<Npy> => {
  const refuse: Refuse = (message, details = {}) =>
    failure("data", { message, ...(typeof source === "string" ? { file: source } : {}), ...details })
  const bytes =
    typeof source === "string"
      ? await readFile(source).catch((error: NodeJS.ErrnoException) => {
          if (error.code === "ENOENT") throw refuse("there is no such file", { fix: "check the path" })
          const found = error.code === "EISDIR" ? "it is a folder" : error.message
          throw refuse("the file cannot be read", { found, fix: "name a .npy file that you may read" })
        })
      : source
  return decode(bytesOf(bytes), refuse)
}

const decode = (bytes: Uint8Array<ArrayBuffer>, refuse: Refuse): Npy => {
  const { littleEndian, dtype, fortran, shape, start } = parseHeader(bytes, refuse)
  const count = shape.reduce((product, side) => product * side, 1)
  const Type = arrayTypes[dtype]
  if (start + count * Type.BYTES_PER_ELEMENT !== bytes.length)
    throw refuse("the file is not as long as its header says", {
      expected: `${start + count * Type.BYTES_PER_ELEMENT} bytes: [${shape.join(", ")}] of ${dtype}`,
      found: `${bytes.length} bytes`,
      fix: "copy or download the file again; if it stays so, save it again",
    })
  const copy = bytes.slice(start)
  if (littleEndian !== machineIsLittleEndian) swapBytes(copy, Type.BYTES_PER_ELEMENT)
  const raw = new Type(copy.buffer)
  const data = raw instanceof BigInt64Array || raw instanceof BigUint64Array ? exact(raw, refuse) : raw
  return { dtype, shape, data: fortran ? toRowMajor(data, shape) : data }
}

const exact = (raw: BigInt64Array | BigUint64Array, refuse: Refuse): Float64Array => {
  const values = Float64Array.from(raw, Number)
  const inexact = values.findIndex((value) => Math.abs(value) >= 2 ** 53)
  if (inexact >= 0)
    throw refuse("integers in the file are too large to be exact", {
      expected: "integers below 2^53 in size",
      found: `${raw[inexact]} at ${inexact}`,
    })
  return values
}

/** First axis fastest to last axis fastest. */
const toRowMajor = (data: NumericArray, shape: readonly number[]): NumericArray => {
  const result = data.slice()
  const index = shape.map(() => 0)
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, side) => product * side, 1))
  for (let i = 0; i < data.length; i++) {
    result[i] = data[index.reduce((sum, at, axis) => sum + at * strides[axis]!, 0)]!
    for (let axis = shape.length - 1; axis >= 0 && ++index[axis]! === shape[axis]; axis--) index[axis] = 0
  }
  return result
}

const parseHeader = (bytes: Uint8Array, refuse: Refuse) => {
  const damaged = (found: string) =>
    refuse("the file is not a .npy array", {
      expected: "what numpy.save writes",
      found,
      fix: "save it with numpy: numpy.save('x.npy', array)",
    })
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 12 || view.getUint32(0) !== 0x934e554d || view.getUint16(4) !== 0x5059)
    throw damaged(`${bytes.length} bytes with another beginning`)
  const version = bytes[6]!
  if (version < 1 || version > 3) throw damaged(`version ${version}`)
  const first = version === 1 ? 10 : 12
  const start = first + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true))
  if (start > bytes.length) throw damaged("a header longer than the file")
  const text = new TextDecoder().decode(bytes.subarray(first, start)).trim()
  const fields =
    /^\{\s*'descr':\s*'([^']*)',\s*'fortran_order':\s*(True|False),\s*'shape':\s*\(([\d,\s]*)\),?\s*\}$/.exec(
      text,
    )
  if (fields === null) throw damaged(`the header ${text.slice(0, 200)}`)
  const [, descr = "", order, sides = ""] = fields
  const dtype = descr.slice(1)
  if (!/^[<>|=]/.test(descr) || !Object.hasOwn(arrayTypes, dtype))
    throw refuse("the type of the elements is not supported", {
      expected: Object.keys(arrayTypes).join(", "),
      found: descr,
      fix: "convert it with numpy: numpy.save('x.npy', array.astype('float32'))",
    })
  const shape = sides
    .split(",")
    .map((side) => side.trim())
    .filter((side) => side !== "")
    .map(Number)
  if (!Number.isSafeInteger(shape.reduce((product, side) => product * side, 8)))
    throw damaged(`the shape (${sides})`)
  return {
    littleEndian: descr[0] === ">" ? false : descr[0] === "=" ? machineIsLittleEndian : true,
    dtype: dtype as Npy["dtype"],
    fortran: order === "True",
    shape,
    start,
  }
}

/** A .npy file (version 1.0, C order, little-endian) of float32, float64 or uint8.
 *  Throws RangeError when the array does not follow the shape. */
export const writeNpy = (array: {
  readonly shape: readonly number[]
  readonly data: Float32Array | Float64Array | Uint8Array
}): Uint8Array => {
  const { shape, data } = array
  if (shape.reduce((product, side) => product * side, 1) !== data.length)
    throw new RangeError(`${data.length} elements for the shape [${shape.join(", ")}]`)
  const descr = data instanceof Uint8Array ? "|u1" : data instanceof Float32Array ? "<f4" : "<f8"
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`
  const length = Math.ceil((10 + header.length + 1) / 64) * 64
  const bytes = new Uint8Array(length + data.byteLength).fill(0x20, 0, length)
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0])
  new DataView(bytes.buffer).setUint16(8, length - 10, true)
  bytes.set(new TextEncoder().encode(header), 10)
  bytes[length - 1] = 0x0a
  bytes.set(bytesOf(data), length)
  if (!machineIsLittleEndian) swapBytes(bytes.subarray(length), data.BYTES_PER_ELEMENT)
  return bytes
}
