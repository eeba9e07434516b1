import { createReadStream } from "node:fs"
import { open } from "node:fs/promises"
import { pipeline } from "node:stream"
import { createGunzip } from "node:zlib"
import { failure, type Problem } from "../../failure/failure.ts"
import { plainFileSize } from "../files/plainFile.ts"

/** The uncompressed bytes of a .nii or .nii.gz file, front to back, never more than asked for in memory. */
export interface ByteReader {
  /** More bytes than this the file cannot hold: its size, or what gzip can at best make of its size. */
  readonly most: number
  /** Fills the target as far as bytes are left; returns how many came.
   *  Throws Failure("data") when the compressed data are damaged; at the end, also when their checksum is.
   *  @param part what is being read, which that failure names */
  fill(target: Uint8Array, part: Part): Promise<number>
  close(): Promise<void>
}

/** A part of the file, and what should be there. */
export type Part = Required<Pick<Problem, "path" | "expected">>

/** Deflate never expands more than this. */
const maxExpansion = 1032

const chunkBytes = 2 ** 18

/** Throws Failure("data") when there is no such file, or it is not what its name says: .nii or .nii.gz, in small
 *  letters, as every program writes them and as masks are looked up by name. */
export const openBytes = async (path: string): Promise<ByteReader> => {
  const refuse = (problem: Omit<Problem, "file">, cause?: unknown) =>
    failure("data", { file: path, ...problem }, cause)
  const size = await plainFileSize(path)
  const compressed = path.endsWith(".nii.gz")
  if (!compressed && !path.endsWith(".nii"))
    throw refuse({
      message: "the name is not that of a NIfTI file",
      expected: "a name that ends in .nii or .nii.gz",
      fix: fixOfName(path),
    })
  const signature = await firstTwo(path)
  if (compressed !== (signature === 0x1f8b))
    throw refuse(
      compressed
        ? {
            message: "the file is named .gz and is not compressed",
            fix: "rename it to .nii, or compress it: gzip x.nii",
          }
        : { message: "the file is compressed and is not named .gz", fix: "rename it to .nii.gz" },
    )
  const source = compressed ? unpacked(path) : await plain(path)
  let reached = 0
  return {
    most: compressed ? size * maxExpansion : size,
    fill: async (target, part) => {
      let filled = 0
      while (filled < target.length) {
        const came = await source.next(target.subarray(filled)).catch((error: unknown) => {
          throw refuse(unreadable(error, { ...part, reached }), error)
        })
        if (came === 0) return filled
        filled += came
        reached += came
      }
      return filled
    },
    close: source.close,
  }
}

/** Where bytes come from. */
interface Bytes {
  /** Puts the next ones at the start of the target; returns how many, 0 at the end. */
  next(target: Uint8Array): Promise<number>
  close(): Promise<void>
}

const plain = async (path: string): Promise<Bytes> => {
  const file = await open(path, "r")
  return {
    next: async (target) => (await file.read(target, 0, target.length, null)).bytesRead,
    close: () => file.close(),
  }
}

const unpacked = (path: string): Bytes => {
  const file = createReadStream(path, { highWaterMark: chunkBytes })
  // The callback is where pipeline reports what the iterator below throws as well.
  const stream = pipeline(file, createGunzip({ chunkSize: chunkBytes }), () => {})
  const chunks: AsyncIterator<Uint8Array> = stream[Symbol.asyncIterator]()
  let rest = new Uint8Array(0)
  return {
    next: async (target) => {
      if (rest.length === 0) {
        const chunk = await chunks.next()
        if (chunk.done === true) return 0
        rest = new Uint8Array(chunk.value)
      }
      const taken = rest.subarray(0, target.length)
      target.set(taken)
      rest = rest.subarray(taken.length)
      return taken.length
    },
    close: async () => {
      await chunks.return?.()
    },
  }
}

const fixOfName = (path: string): string => {
  if (/\.nii(\.gz)?$/i.test(path)) return "rename it, so that the ending is in small letters"
  return /\.(hdr|img)(\.gz)?$/i.test(path)
    ? "join the .hdr/.img pair into one file with nibabel: nibabel.save(nibabel.load('x.hdr'), 'x.nii.gz')"
    : "convert the file with the program that made it, or with nibabel"
}

const firstTwo = async (path: string): Promise<number> => {
  const handle = await open(path, "r")
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(2), 0, 2, 0)
    return bytesRead === 2 ? buffer[0]! * 256 + buffer[1]! : -1
  } finally {
    await handle.close()
  }
}

/** @param at how far reading got. zlib keeps back the block that it fails in, so more may have been sound. */
const unreadable = (error: unknown, at: Part & { readonly reached: number }): Omit<Problem, "file"> => {
  const { code, message } = error as NodeJS.ErrnoException
  const damage = {
    path: at.path,
    expected: at.expected,
    found: at.reached === 0 ? message : `${message}, after at least ${at.reached} bytes`,
  }
  const copyAgain = "copy or download the file again, and compare its checksum with the original's"
  switch (code ?? "") {
    case "Z_BUF_ERROR":
      return { message: "the compressed file ends too early", ...damage, fix: copyAgain }
    case "Z_DATA_ERROR":
      return { message: "the compressed data are damaged", ...damage, fix: copyAgain }
    default:
      return { message: "the file cannot be read", found: message, fix: "name a file that you may read" }
  }
}
