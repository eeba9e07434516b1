import { type Failure, failure, type Problem } from "../../failure/failure.ts"
import { copyAgain, type PngChunks } from "./pngChunks.ts"
import type { PngHeader } from "./pngHeader.ts"
import type { Scanline } from "./scanlines.ts"

type Refuse = (message: string, details: Omit<Problem, "message" | "file">) => Failure

/** One line's samples: grey; grey and opacity; red, green, blue; or red, green, blue, opacity. */
interface Line {
  readonly channels: number
  /** [pixels, channels] */
  readonly samples: Uint16Array
}

/** What writes a line of pixels as grey into the image. It throws Failure("data") at the first pixel that is not
 *  grey, not opaque, or has no colour in the palette.
 *  @returns takes the image as voxels: [rows, columns] */
export const greyLine = (header: PngHeader, { palette, transparency }: PngChunks) => {
  const { file, columns, depth, colour, channels } = header
  const refuse: Refuse = (message, details) => failure("data", { message, file, ...details })
  if (colour === 3 && (palette === null || palette.length === 0 || palette.length % 3 !== 0))
    throw refuse("the image refers to a palette that is not there or not whole", {
      path: "PLTE",
      expected: "three bytes for each colour",
      found: `${palette?.length ?? 0} bytes`,
      fix: copyAgain,
    })
  const lineOf = (bytes: Uint8Array, pixels: number): Line => {
    const samples = unpacked(bytes, pixels * channels, depth)
    return colour === 3
      ? { channels: 4, samples: painted(samples, palette!, transparency, refuse) }
      : { channels, samples }
  }
  const opaque = colour === 3 ? 255 : 2 ** depth - 1
  // Grey and plain colours have one transparent colour instead of a channel.
  const clear = colour === 0 || colour === 2 ? transparency && Buffer.from(transparency) : null
  return (
    { row, firstColumn, columnStep, pixels, bytes }: Scanline,
    voxels: Uint8Array | Uint16Array,
  ): void => {
    const line = lineOf(bytes, pixels)
    const { samples } = line
    for (let i = 0; i < pixels; i++) {
      const at = i * line.channels
      const value = samples[at]!
      if (line.channels > 2 && (value !== samples[at + 1] || value !== samples[at + 2]))
        throw refuse("the image is in colour", {
          path: `pixel [${firstColumn + i * columnStep}, ${row}]`,
          expected: "grey: red, green and blue equal in every pixel",
          found: `red ${value}, green ${samples[at + 1]}, blue ${samples[at + 2]}`,
          fix: "save it as grey with Pillow: Image.open('x.png').convert('L').save('y.png'); of a mask whose palette numbers the labels: Image.fromarray(numpy.array(Image.open('x.png'))).save('y.png')",
        })
      const isClear =
        line.channels % 2 === 0
          ? samples[at + line.channels - 1] !== opaque
          : clear !== null && isColour(samples, at, clear)
      if (isClear)
        throw refuse("the image is transparent in places", {
          path: `pixel [${firstColumn + i * columnStep}, ${row}]`,
          expected: "every pixel opaque",
          found: "one that is not",
          fix: "decide what lies behind it, put the image on that background, and save it without opacity",
        })
      voxels[row * columns + firstColumn + i * columnStep] = value
    }
  }
}

/** @param count of the samples in the line */
const unpacked = (bytes: Uint8Array, count: number, depth: number): Uint16Array => {
  if (depth === 8) return new Uint16Array(bytes)
  if (depth === 16)
    return Uint16Array.from({ length: count }, (_, i) => bytes[2 * i]! * 256 + bytes[2 * i + 1]!)
  const mask = 2 ** depth - 1
  return Uint16Array.from({ length: count }, (_, i) => {
    const bit = i * depth
    return (bytes[bit >> 3]! >> (8 - depth - (bit & 7))) & mask
  })
}

/** Indices as red, green, blue, opacity. */
const painted = (
  indices: Uint16Array,
  palette: Uint8Array,
  transparency: Uint8Array | null,
  refuse: Refuse,
): Uint16Array => {
  const samples = new Uint16Array(4 * indices.length)
  for (const [i, index] of indices.entries()) {
    if (3 * index >= palette.length)
      throw refuse("a pixel has no colour in the palette", {
        path: "PLTE",
        expected: `an index below ${palette.length / 3}`,
        found: String(index),
        fix: copyAgain,
      })
    samples.set(palette.subarray(3 * index, 3 * index + 3), 4 * i)
    samples[4 * i + 3] = transparency?.[index] ?? 255
  }
  return samples
}

/** @param colour two bytes for each sample of a pixel */
const isColour = (samples: Uint16Array, at: number, colour: Buffer): boolean => {
  for (let i = 0; 2 * i + 1 < colour.length; i++)
    if (samples[at + i] !== colour.readUInt16BE(2 * i)) return false
  return true
}
