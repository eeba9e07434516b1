import { readFile } from "node:fs/promises"
import { failure } from "../../failure/failure.ts"
import { reasonOf } from "../../failure/systemError.ts"
import { plainFileSize } from "../files/plainFile.ts"
import type { Volume } from "../files/volume.ts"
import { greyLine } from "./greyLine.ts"
import { pngChunks } from "./pngChunks.ts"
import { pngGeometry } from "./pngGeometry.ts"
import { pngHeader } from "./pngHeader.ts"
import { scanlines } from "./scanlines.ts"

/** More than any image that losslab reads can need. */
const maxFileBytes = 2 ** 30

/** A PNG image of one number per pixel: grey, or colours and a palette whose red, green and blue are equal, at 1 to
 *  16 bits; fully opaque. Samples are kept as stored: 1 bit gives 0 and 1, a palette its 8-bit grey. What the file
 *  says about gamma, colour profile and resolution is passed over.
 *  Strict: throws Failure("data") for anything damaged, too short or too long, before memory is taken for more than
 *  the file can hold.
 *  @param spacingMm between rows and between columns; 1 unless given, since PNG has no place for it */
export const readPng = async (
  file: string,
  spacingMm?: readonly [row: number, column: number],
): Promise<Volume> => {
  const size = await plainFileSize(file)
  if (size > maxFileBytes)
    throw failure("data", {
      message: "the file is larger than losslab reads",
      file,
      expected: `at most ${maxFileBytes} bytes`,
      found: `${size} bytes`,
    })
  const bytes = await readFile(file).catch((error: Error) => {
    throw failure(
      "data",
      {
        message: "the file cannot be read",
        file,
        found: reasonOf(error),
        fix: "name a file that you may read",
      },
      error,
    )
  })
  const chunks = pngChunks(bytes, file)
  const header = pngHeader(chunks.header, file)
  const grey = greyLine(header, chunks)
  const { columns, rows, depth } = header
  let voxels: Uint8Array | Uint16Array = new Uint8Array(0)
  for (const line of scanlines(header, chunks.pixels)) {
    // Not before the first line: until then the file has not shown that it holds its pixels.
    if (voxels.length === 0) voxels = new (depth === 16 ? Uint16Array : Uint8Array)(columns * rows)
    grey(line, voxels)
  }
  return {
    file,
    shape: [columns, rows],
    geometry: pngGeometry(header, spacingMm),
    datatype: depth === 16 ? "uint16" : "uint8",
    voxels,
  }
}
