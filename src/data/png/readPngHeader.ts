import { open } from "node:fs/promises"
import { failure } from "../../failure/failure.ts"
import { reasonOf } from "../../failure/systemError.ts"
import { plainFileSize } from "../files/plainFile.ts"
import { pngChunks } from "./pngChunks.ts"
import { type PngHeader, pngHeader } from "./pngHeader.ts"

/** Of a PNG file up to the end of its header: the signature, then a part of 13 bytes. */
const headBytes = 33

/** The part that ends a PNG file. */
const end = Buffer.from("0000000049454e44ae426082", "hex")

/** The header alone, checked, without the pixels. Throws Failure("data"). */
export const readPngHeader = async (file: string): Promise<PngHeader> => {
  await plainFileSize(file)
  const bytes = await firstBytes(file).catch((error: Error) => {
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
  // As long as the whole head is there, an end after it makes a file that can be taken apart like any other.
  return pngHeader(
    pngChunks(bytes.length < headBytes ? bytes : Buffer.concat([bytes, end]), file).header,
    file,
  )
}

const firstBytes = async (file: string): Promise<Uint8Array> => {
  const handle = await open(file, "r")
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(headBytes), 0, headBytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}
