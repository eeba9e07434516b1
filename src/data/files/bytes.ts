import { endianness } from "node:os"

/** What numbers from a file are kept in; 64-bit integers become float64 where that is exact. */
export type NumericArray =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array

/** The same memory as plain bytes; for Node's Buffer as for any typed array. */
export const bytesOf = (view: ArrayBufferView): Uint8Array<ArrayBuffer> =>
  new Uint8Array(view.buffer as ArrayBuffer, view.byteOffset, view.byteLength)

export const machineIsLittleEndian = endianness() === "LE"

/** Turns the bytes of each element around, in place. */
export const swapBytes = (bytes: Uint8Array, width: number): void => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (width === 2) buffer.swap16()
  if (width === 4) buffer.swap32()
  if (width === 8) buffer.swap64()
}
