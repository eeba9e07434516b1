import { endianness } from "node:os"

/** The same memory as plain bytes; for Node's Buffer as for any typed array. */
export const bytesOf = (view: ArrayBufferView): Uint8Array<ArrayBuffer> =>
  new Uint8Array(view.buffer as ArrayBuffer, view.byteOffset, view.byteLength)

export const machineIsLittleEndian = endianness() === "LE"

/** Turns the bytes of each element around, in place. */
export const swapBytes = (bytes: Uint8Array, width: number): void => {
  if (width === 1) return
  for (let start = 0; start < bytes.length; start += width) bytes.subarray(start, start + width).reverse()
}
