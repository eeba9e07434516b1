import { createHash } from "node:crypto"
import { type Failure, failure, type Problem } from "../../failure/failure.ts"
import { bytesOf, machineIsLittleEndian, swapBytes } from "./bytes.ts"
import { duplicateKey } from "./duplicateKey.ts"

const arrayTypes = { F32: Float32Array, F64: Float64Array, I32: Int32Array, U8: Uint8Array } as const

export type SafetensorsDtype = keyof typeof arrayTypes

export interface SafetensorsArray {
  readonly dtype: SafetensorsDtype
  readonly shape: readonly number[]
  readonly data: Float32Array | Float64Array | Int32Array | Uint8Array
}

const maxHeaderBytes = 100_000_000

/** Under this key the metadata hold the SHA-256 of everything behind the header. */
const checksum = "sha256"

const digest = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex")

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1)

/** Named arrays in the safetensors format, readable by the Python package. The same arrays and metadata, in
 *  whatever order, give the same bytes; the widest elements come first, so that every array is aligned.
 *  @param metadata free texts; a SHA-256 of the data is added, which decodeSafetensors checks.
 *  Throws RangeError when an array does not follow its shape or dtype. */
export const encodeSafetensors = (
  arrays: Readonly<Record<string, SafetensorsArray>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array => {
  const width = (array: SafetensorsArray) => arrayTypes[array.dtype].BYTES_PER_ELEMENT
  const entries = Object.entries(arrays).sort(
    ([name, array], [otherName, other]) => width(other) - width(array) || (name < otherName ? -1 : 1),
  )
  for (const [name, { dtype, shape, data }] of entries) {
    if (!(data instanceof arrayTypes[dtype]) || data.length !== sizeOf(shape))
      throw new RangeError(
        `array ${name}: ${data.length} elements for ${dtype} of shape [${shape.join(", ")}]`,
      )
  }
  const total = entries.reduce((sum, [, { data }]) => sum + data.byteLength, 0)
  const buffer = new Uint8Array(total)
  let at = 0
  const header = entries.map(([name, { dtype, shape, data }]) => {
    const target = buffer.subarray(at, at + data.byteLength)
    target.set(bytesOf(data))
    if (!machineIsLittleEndian) swapBytes(target, data.BYTES_PER_ELEMENT)
    at += data.byteLength
    return [name, { dtype, shape, data_offsets: [at - data.byteLength, at] }] as const
  })
  const texts = Object.entries({ ...metadata, [checksum]: digest(buffer) }).sort(([a], [b]) =>
    a < b ? -1 : 1,
  )
  const json = JSON.stringify(Object.fromEntries([["__metadata__", Object.fromEntries(texts)], ...header]))
  const text = new TextEncoder().encode(json)
  const padded = Math.ceil(text.length / 8) * 8
  const bytes = new Uint8Array(8 + padded + total).fill(0x20, 8, 8 + padded)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true)
  bytes.set(text, 8)
  bytes.set(buffer, 8 + padded)
  return bytes
}

export interface Safetensors {
  readonly arrays: Readonly<Record<string, SafetensorsArray>>
  readonly metadata: Readonly<Record<string, string>>
}

type Refuse = (message: string, details?: Pick<Problem, "expected" | "found" | "path">) => Failure

/** The arrays of a safetensors file, each a copy. Refuses what the format's specification does (a header too long,
 *  a name twice, holes, overlaps, bytes left over, offsets that contradict the shape) and, when the metadata hold
 *  a SHA-256 of the data, data that do not match it. Throws Failure("data").
 *  @param file named in problems */
export const decodeSafetensors = (bytes: Uint8Array, file?: string): Safetensors => {
  const refuse: Refuse = (message, details = {}) =>
    failure("data", {
      message,
      ...(file === undefined ? {} : { file }),
      ...details,
      fix: "the file is damaged: copy it again, or make it again",
    })
  const { header, data } = split(bytesOf(bytes), refuse)
  const { __metadata__: metadata = {}, ...entries } = header
  if (!isRecord(metadata) || !Object.values(metadata).every((text) => typeof text === "string"))
    throw refuse("the metadata are not texts", { path: "__metadata__" })
  const arrays = Object.entries(entries).map(([name, entry]) => describe(name, entry, refuse))
  let end = 0
  for (const { name, start, stop } of [...arrays].sort((a, b) => a.start - b.start || a.stop - b.stop)) {
    if (start !== end)
      throw refuse("the arrays leave a hole or overlap", {
        path: name,
        expected: `a start at byte ${end}`,
        found: `byte ${start}`,
      })
    end = stop
  }
  if (end !== data.length)
    throw refuse("the arrays and the file differ in length", {
      expected: `${end} bytes of data`,
      found: `${data.length}`,
    })
  const texts = metadata as Readonly<Record<string, string>>
  const promised = texts[checksum]
  if (promised !== undefined && promised !== digest(data))
    throw refuse("the data do not match their checksum", { expected: promised, found: digest(data) })
  return {
    metadata: texts,
    arrays: Object.fromEntries(
      arrays.map(({ name, dtype, shape, start, stop }) => {
        const copy = data.slice(start, stop)
        const Type = arrayTypes[dtype]
        if (!machineIsLittleEndian) swapBytes(copy, Type.BYTES_PER_ELEMENT)
        return [name, { dtype, shape, data: new Type(copy.buffer) }]
      }),
    ),
  }
}

const split = (bytes: Uint8Array<ArrayBuffer>, refuse: Refuse) => {
  const length =
    bytes.length < 8 ? 0 : Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true))
  if (length < 2 || length > Math.min(maxHeaderBytes, bytes.length - 8))
    throw refuse("the file is not safetensors: it has no header of a possible length", {
      found: `${bytes.length} bytes, a header of ${length}`,
    })
  const text = new TextDecoder().decode(bytes.subarray(8, 8 + length))
  return { header: parseHeader(text, refuse), data: bytes.subarray(8 + length) }
}

const parseHeader = (text: string, refuse: Refuse): Readonly<Record<string, unknown>> => {
  const notJson = () => refuse("the file is not safetensors: its header is not a JSON object")
  if (!text.startsWith("{")) throw notJson()
  let header: unknown
  try {
    header = JSON.parse(text)
  } catch {
    throw notJson()
  }
  const twice = duplicateKey(text)
  if (twice !== null) throw refuse("a name stands twice in the header", { path: twice })
  return header as Readonly<Record<string, unknown>>
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const isSizes = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((side) => Number.isSafeInteger(side) && side >= 0)

const describe = (name: string, entry: unknown, refuse: Refuse) => {
  const { dtype, shape, data_offsets: offsets } = isRecord(entry) ? entry : {}
  const known = typeof dtype === "string" && Object.hasOwn(arrayTypes, dtype)
  const [start = -1, stop = -1] = isSizes(offsets) ? offsets : []
  const bytes =
    known && isSizes(shape) ? sizeOf(shape) * arrayTypes[dtype as SafetensorsDtype].BYTES_PER_ELEMENT : -1
  // A product beyond 2^53 is not exact, and larger than any file.
  if (!known || !isSizes(shape) || !Number.isSafeInteger(bytes) || start < 0 || stop - start !== bytes)
    throw refuse("an array is not described as safetensors asks", {
      path: name,
      expected: `a dtype of ${Object.keys(arrayTypes).join(", ")}, a shape, and data_offsets as far apart as they say`,
      found: JSON.stringify(entry),
    })
  return { name, dtype: dtype as SafetensorsDtype, shape, start, stop }
}
