import { crc32, deflateSync } from "node:zlib"

/** A part of a PNG file, with its checksum. */
export const chunk = (type: string, content: Uint8Array = new Uint8Array(0)): Uint8Array => {
  const bytes = Buffer.alloc(12 + content.length)
  bytes.writeUInt32BE(content.length, 0)
  bytes.write(type, 4, "latin1")
  bytes.set(content, 8)
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + content.length)), 8 + content.length)
  return bytes
}

export const ihdr = (
  columns: number,
  rows: number,
  depth = 8,
  colour = 0,
  methods = [0, 0, 0],
): Uint8Array => {
  const content = Buffer.alloc(13)
  content.writeUInt32BE(columns, 0)
  content.writeUInt32BE(rows, 4)
  content.set([depth, colour, ...methods], 8)
  return chunk("IHDR", content)
}

export const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

/** Compressed lines, each after the number of its filter. */
export const idat = (...bytes: readonly number[]): Uint8Array =>
  chunk("IDAT", deflateSync(Uint8Array.from(bytes)))

export const png = (...chunks: readonly Uint8Array[]): Uint8Array =>
  new Uint8Array(Buffer.concat([signature, ...chunks, chunk("IEND")]))
