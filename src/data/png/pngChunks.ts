import { crc32 } from "node:zlib"
import { type Failure, failure, type Problem } from "../../failure/failure.ts"

/** The parts of a PNG file that say what its pixels are; text, colour profiles and the like are passed over. */
export interface PngChunks {
  readonly header: Uint8Array
  /** Red, green and blue, a byte each, of every entry; null without one. */
  readonly palette: Uint8Array | null
  /** tRNS: opacity of the palette's entries, or the one colour that is transparent; null without one. */
  readonly transparency: Uint8Array | null
  /** Compressed pixels, in pieces. */
  readonly pixels: readonly Uint8Array[]
}

export const copyAgain = "copy or download the file again, and compare its checksum with the original's"

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

/** Takes a PNG file apart, every checksum checked, up to its last byte. Throws Failure("data") when it is not one,
 *  is damaged, too short or too long, holds an animation, or a part that one must understand to read it. */
export const pngChunks = (bytes: Uint8Array, file: string): PngChunks => {
  const refuse = (message: string, details: Omit<Problem, "message" | "file">): Failure =>
    failure("data", { message, file, ...details })
  if (!signature.every((byte, i) => bytes[i] === byte))
    throw refuse("the file is not a PNG image", {
      expected: "the eight bytes that every PNG file begins with",
      found:
        bytes.length === 0
          ? "an empty file"
          : `${Buffer.from(bytes.subarray(0, 8)).toString("hex")} (hexadecimal)`,
      fix: "check where the file comes from; convert it to PNG without loss, not by renaming it",
    })
  const tooShort = (needed: number) =>
    refuse("the file ends too early", {
      expected: `at least ${needed} bytes`,
      found: `${bytes.length} bytes`,
      fix: copyAgain,
    })
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const single = new Map<string, Uint8Array>()
  const pixels: Uint8Array[] = []
  let at = signature.length
  for (let type = ""; type !== "IEND"; ) {
    if (at + 12 > bytes.length) throw tooShort(at + 12)
    const length = view.getUint32(at)
    type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    const end = at + 12 + length
    if (end > bytes.length) throw tooShort(end)
    const data = bytes.subarray(at + 8, end - 4)
    const expected = view.getUint32(end - 4)
    const found = crc32(bytes.subarray(at + 4, end - 4))
    if (found !== expected)
      throw refuse("a part of the file is damaged: its checksum does not fit", {
        path: `${type} at byte ${at}`,
        expected: `checksum ${expected.toString(16)}`,
        found: found.toString(16),
        fix: copyAgain,
      })
    if (at === signature.length && type !== "IHDR")
      throw refuse("the file does not begin with its header", {
        path: "IHDR",
        found: `${type} first`,
        fix: copyAgain,
      })
    if (type === "IDAT") pixels.push(data)
    else if (["IHDR", "PLTE", "tRNS"].includes(type)) {
      if (single.has(type)) throw refuse("a part of the file is there twice", { path: type, fix: copyAgain })
      single.set(type, data)
    } else if (type === "acTL")
      throw refuse("the file holds an animation", {
        path: type,
        expected: "one image",
        fix: "save each picture in a file of its own",
      })
    else if (type !== "IEND" && /^[A-Z]/.test(type))
      throw refuse("the file has a part that is not of PNG, and must not be passed over", {
        path: `${type} at byte ${at}`,
        fix: "save the image again with another program",
      })
    at = end
  }
  if (at < bytes.length)
    throw refuse("the file is longer than its image", {
      expected: `${at} bytes`,
      found: `${bytes.length} bytes`,
      fix: copyAgain,
    })
  return {
    header: single.get("IHDR")!,
    palette: single.get("PLTE") ?? null,
    transparency: single.get("tRNS") ?? null,
    pixels,
  }
}
