import { Failure, failure, type Problem } from "../../failure/failure.ts"
import { copyAgain } from "./pngChunks.ts"

/** PNG's codes: 0 grey, 2 red, green, blue, 3 palette, 4 grey and opacity, 6 red, green, blue, opacity. */
export type PngColour = 0 | 2 | 3 | 4 | 6

/** A PNG header in which everything has been checked. */
export interface PngHeader {
  readonly file: string
  readonly columns: number
  readonly rows: number
  /** Bits per sample. */
  readonly depth: number
  readonly colour: PngColour
  /** Samples per pixel. */
  readonly channels: number
  /** Stored in the seven passes of Adam7. */
  readonly interlaced: boolean
}

const maxSide = 16384
const maxPixels = 2 ** 26

const colours: Readonly<
  Record<PngColour, { readonly channels: number; readonly depths: readonly number[] }>
> = {
  0: { channels: 1, depths: [1, 2, 4, 8, 16] },
  2: { channels: 3, depths: [8, 16] },
  3: { channels: 1, depths: [1, 2, 4, 8] },
  4: { channels: 2, depths: [8, 16] },
  6: { channels: 4, depths: [8, 16] },
}

/** Throws Failure("data") with everything that is wrong in the header.
 *  @param bytes the content of IHDR */
export const pngHeader = (bytes: Uint8Array, file: string): PngHeader => {
  if (bytes.length !== 13)
    throw failure("data", {
      message: "the header is not as long as PNG's",
      file,
      path: "IHDR",
      expected: "13 bytes",
      found: `${bytes.length} bytes`,
      fix: copyAgain,
    })
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const columns = view.getUint32(0)
  const rows = view.getUint32(4)
  const [depth = 0, colour = 0, compression = 0, filter = 0, interlace = 0] = bytes.subarray(8)
  const problems: Problem[] = []
  const report = (problem: Omit<Problem, "file" | "path">) =>
    problems.push({ file, path: "IHDR", ...problem })
  const isSide = (side: number) => side >= 1 && side <= maxSide
  if (!isSide(columns) || !isSide(rows) || columns * rows > maxPixels)
    report({
      message: "the image is not of a size that losslab reads",
      expected: `sides from 1 to ${maxSide} and at most ${maxPixels} pixels`,
      found: `${columns} x ${rows} pixels`,
    })
  const known = colours[colour as PngColour] as (typeof colours)[PngColour] | undefined
  if (known === undefined || !known.depths.includes(depth))
    report({
      message: "bit depth and colour type do not go together in PNG",
      expected: "grey of 1, 2, 4, 8 or 16 bits, a palette of 1, 2, 4 or 8, other colours of 8 or 16",
      found: `bit depth ${depth}, colour type ${colour}`,
      fix: copyAgain,
    })
  if (compression !== 0 || filter !== 0 || interlace > 1)
    report({
      message: "the header asks for a method that PNG does not have",
      expected: "compression 0, filter 0, interlace 0 or 1",
      found: `compression ${compression}, filter ${filter}, interlace ${interlace}`,
      fix: copyAgain,
    })
  if (problems.length > 0 || known === undefined) throw new Failure("data", problems)
  return {
    file,
    columns,
    rows,
    depth: depth,
    colour: colour as PngColour,
    channels: known.channels,
    interlaced: interlace === 1,
  }
}
