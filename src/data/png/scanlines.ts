import { inflateSync } from "node:zlib"
import { failure, type Problem } from "../../failure/failure.ts"
import { copyAgain } from "./pngChunks.ts"
import type { PngHeader } from "./pngHeader.ts"

/** A line of pixels and where in the image they belong. */
export interface Scanline {
  readonly row: number
  readonly firstColumn: number
  readonly columnStep: number
  readonly pixels: number
  /** Samples of the pixels one after the other, packed as the depth says, two bytes with the high one first. */
  readonly bytes: Uint8Array
}

interface Pass {
  readonly row: number
  readonly rowStep: number
  readonly column: number
  readonly columnStep: number
}

const wholeImage: readonly Pass[] = [{ row: 0, rowStep: 1, column: 0, columnStep: 1 }]

/** Portable Network Graphics (W3C), section 8.1. */
const adam7: readonly Pass[] = [
  { row: 0, rowStep: 8, column: 0, columnStep: 8 },
  { row: 0, rowStep: 8, column: 4, columnStep: 8 },
  { row: 4, rowStep: 8, column: 0, columnStep: 4 },
  { row: 0, rowStep: 4, column: 2, columnStep: 4 },
  { row: 2, rowStep: 4, column: 0, columnStep: 2 },
  { row: 0, rowStep: 2, column: 1, columnStep: 2 },
  { row: 1, rowStep: 2, column: 0, columnStep: 1 },
]

/** Deflate never expands more than this. */
const maxExpansion = 1032

/** The lines of an image, unfiltered; a line is valid until the next one. Memory is taken only for what the header
 *  announces and the file can hold. Throws Failure("data") when the compressed pixels are damaged, too few or too
 *  many.
 *  @param pixels compressed, in pieces */
export function* scanlines(header: PngHeader, pixels: readonly Uint8Array[]): Generator<Scanline> {
  const { file, columns, rows, depth, channels, interlaced } = header
  const passes = (interlaced ? adam7 : wholeImage)
    .map((pass) => ({
      ...pass,
      lines: Math.ceil((rows - pass.row) / pass.rowStep),
      pixels: Math.ceil((columns - pass.column) / pass.columnStep),
    }))
    .filter(({ lines, pixels }) => lines > 0 && pixels > 0)
    .map((pass) => ({ ...pass, lineBytes: Math.ceil((pass.pixels * depth * channels) / 8) }))
  const expected = passes.reduce((sum, { lines, lineBytes }) => sum + lines * (1 + lineBytes), 0)
  const bytes = inflated(Buffer.concat(pixels), expected, header)
  const pixelBytes = Math.max(1, (depth * channels) / 8)
  let at = 0
  for (const { row, rowStep, column, columnStep, lines, pixels, lineBytes } of passes) {
    let above: Uint8Array = new Uint8Array(lineBytes)
    for (let line = 0; line < lines; line++) {
      const filter = bytes[at]!
      const current = bytes.subarray(at + 1, at + 1 + lineBytes)
      if (filter > 4)
        throw failure("data", {
          message: "a line of pixels has a filter that PNG does not have",
          file,
          path: `row ${row + line * rowStep}`,
          expected: "0 to 4",
          found: String(filter),
          fix: copyAgain,
        })
      unfilter(filter, current, above, pixelBytes)
      yield { row: row + line * rowStep, firstColumn: column, columnStep, pixels, bytes: current }
      above = current
      at += 1 + lineBytes
    }
  }
}

const inflated = (
  compressed: Uint8Array,
  expected: number,
  { file, columns, rows }: PngHeader,
): Uint8Array => {
  const refuse = (message: string, found: string, cause?: unknown) => {
    const problem: Problem = {
      message,
      file,
      path: "IDAT",
      expected: `${expected} bytes for ${columns} x ${rows} pixels`,
      found,
      fix: copyAgain,
    }
    return failure("data", problem, cause)
  }
  if (compressed.length * maxExpansion < expected)
    throw refuse("the file is too small for its image", `${compressed.length} bytes compressed`)
  const bytes = inflate(compressed, expected, refuse)
  if (bytes.length !== expected)
    throw refuse("the pixels are fewer than the header says", `${bytes.length} bytes`)
  return bytes
}

const inflate = (
  compressed: Uint8Array,
  expected: number,
  refuse: (message: string, found: string, cause: unknown) => Error,
): Uint8Array => {
  try {
    return inflateSync(compressed, { maxOutputLength: expected })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === "ERR_BUFFER_TOO_LARGE")
      throw refuse("the pixels are more than the header says", "more", error)
    if (code === "Z_BUF_ERROR") throw refuse("the compressed pixels end too early", message, error)
    throw refuse("the compressed pixels are damaged", message, error)
  }
}

/** Undoes a filter in place (the same, section 9).
 *  @param above the line before, unfiltered; zeros for the first one
 *  @param step bytes from a sample to the same one of the pixel before */
const unfilter = (filter: number, line: Uint8Array, above: Uint8Array, step: number): void => {
  if (filter === 0) return
  for (let i = 0; i < line.length; i++) {
    const left = i < step ? 0 : line[i - step]!
    const up = above[i]!
    if (filter === 1) line[i]! += left
    else if (filter === 2) line[i]! += up
    else if (filter === 3) line[i]! += (left + up) >> 1
    else line[i]! += nearest(left, up, i < step ? 0 : above[i - step]!)
  }
}

/** Paeth's predictor: which of the three is nearest to left + up - corner. */
const nearest = (left: number, up: number, corner: number): number => {
  const estimate = left + up - corner
  const fromLeft = Math.abs(estimate - left)
  const fromUp = Math.abs(estimate - up)
  const fromCorner = Math.abs(estimate - corner)
  if (fromLeft <= fromUp && fromLeft <= fromCorner) return left
  return fromUp <= fromCorner ? up : corner
}
