import { failure, type Problem } from "../../failure/failure.ts"
import { bytesOf, machineIsLittleEndian, type NumericArray, swapBytes } from "../files/bytes.ts"
import { type ByteReader, openBytes, type Part } from "./byteReader.ts"
import { type NiftiHeader, parseHeader } from "./header.ts"
import { longestHeader } from "./rawHeader.ts"

/** A NIfTI file whose header has been read and found good. */
export interface OpenNifti {
  readonly header: NiftiHeader
  /** Voxels after scaling, x fastest, of the chosen volume, in blocks of up to 1 MiB; a block is valid until
   *  the next one.
   *  Throws Failure("data"), after the last block, when voxels are missing, too many, or not finite. */
  blocks(): AsyncGenerator<NumericArray>
  /** The same voxels, into an array of the header's Voxels that is as long as they are many. */
  fill(voxels: NumericArray): Promise<void>
  close(): Promise<void>
}

const blockBytes = 2 ** 20

/** From here on a float32 rounds to infinity. */
const float32Limit = 3.4028235677973366e38

/** Reads and checks the header, and that the file can hold what it announces: only then may one allocate.
 *  @param channel which of several volumes is meant; null refuses a file that holds several */
export const openNifti = async (path: string, channel: number | null = null): Promise<OpenNifti> => {
  const reader = await openBytes(path)
  try {
    const bytes = new Uint8Array(longestHeader)
    const filled = await reader.fill(bytes, { path: "header", expected: "the header of a NIfTI file" })
    const header = parseHeader(bytes.subarray(0, filled), path, channel)
    const { fileBytes } = header
    if (fileBytes > reader.most || (path.endsWith(".nii") && fileBytes !== reader.most))
      throw wrongLength(
        header,
        path.endsWith(".nii") ? `${reader.most} bytes` : `at most ${reader.most} bytes when uncompressed`,
      )
    const head = bytes.subarray(header.voxelOffset, filled)
    return {
      header,
      blocks: () =>
        voxelBlocks(reader, header, head, new Uint8Array(Math.min(blockBytes, header.voxelBytes))),
      fill: async (voxels) => {
        // Bytes that already are the numbers need no other place on the way.
        const isPlain = header.scaling === null && header.datatype.Raw === header.Voxels
        const memory = isPlain ? bytesOf(voxels) : new Uint8Array(Math.min(blockBytes, header.voxelBytes))
        let at = 0
        for await (const block of voxelBlocks(reader, header, head, memory)) {
          if (!isPlain) voxels.set(block, at)
          at += block.length
        }
      },
      close: () => reader.close(),
    }
  } catch (error) {
    await reader.close()
    throw error
  }
}

const voxelPart = ({ fileBytes, volumes, voxelBytes, shape, datatype }: NiftiHeader): Part => ({
  path: "voxels",
  expected: `${fileBytes} bytes: ${shape.join(" x ")} voxels of ${datatype.name} after ${fileBytes - volumes * voxelBytes} bytes`,
})

const wrongLength = (header: NiftiHeader, found: string) =>
  failure("data", {
    message: "the file is not as long as its header says",
    file: header.file,
    ...voxelPart(header),
    found,
    fix: "copy or download the file again; if it stays so, export it again",
  })

/** @param head voxels, from the chosen volume on, that were read along with the header
 *  @param memory of all voxels, which come to lie there one block after the other; or of one block, used again */
async function* voxelBlocks(
  reader: ByteReader,
  header: NiftiHeader,
  head: Uint8Array,
  memory: Uint8Array<ArrayBuffer>,
): AsyncGenerator<NumericArray> {
  const { datatype, voxelBytes } = header
  const size = Math.min(blockBytes, voxelBytes)
  const isWhole = memory.length === voxelBytes
  const voxels = voxelPart(header)
  await skip(reader, header.voxelOffset - longestHeader, voxels)
  const bad = badVoxels(header)
  let early = head
  for (let done = 0; done < voxelBytes; done += size) {
    const start = isWhole ? done : 0
    const part = memory.subarray(start, start + Math.min(size, voxelBytes - done))
    const taken = early.subarray(0, part.length)
    part.set(taken)
    early = early.subarray(taken.length)
    const filled = taken.length + (await reader.fill(part.subarray(taken.length), voxels))
    if (filled < part.length) throw wrongLength(header, `${header.voxelOffset + done + filled} bytes`)
    if (header.littleEndian !== machineIsLittleEndian) swapBytes(part, datatype.bytes)
    const values = scale(new datatype.Raw(part.buffer, part.byteOffset, part.length / datatype.bytes), header)
    bad.look(values, done / datatype.bytes)
    yield values
  }
  // Later volumes are read too, and asking for one byte too many makes gunzip check the checksum.
  const later = header.fileBytes - header.voxelOffset - voxelBytes
  const reached = early.length + (await skip(reader, later - early.length + 1, voxels))
  if (reached !== later)
    throw wrongLength(header, reached > later ? "more bytes" : `${header.fileBytes - later + reached} bytes`)
  bad.refuse()
}

/** @returns how many bytes there were to skip */
const skip = async (reader: ByteReader, bytes: number, part: Part): Promise<number> => {
  const scratch = new Uint8Array(Math.min(blockBytes, Math.max(0, bytes)))
  let skipped = 0
  while (skipped < bytes) {
    const filled = await reader.fill(scratch.subarray(0, bytes - skipped), part)
    if (filled === 0) break
    skipped += filled
  }
  return skipped
}

const scale = (
  raw: NumericArray | BigInt64Array | BigUint64Array,
  { scaling }: NiftiHeader,
): NumericArray => {
  const plain =
    raw instanceof BigInt64Array || raw instanceof BigUint64Array ? Float64Array.from(raw, Number) : raw
  return scaling === null
    ? plain
    : Float64Array.from(plain, (value) => value * scaling.slope + scaling.intercept)
}

/** Counts the voxels that no result may depend on: not finite, or integers too large to be exact here. */
const badVoxels = ({ file, datatype, scaling, Voxels, geometry }: NiftiHeader) => {
  const isLong = datatype.name === "int64" || datatype.name === "uint64"
  const limit = isLong ? 2 ** 53 : Voxels === Float32Array ? float32Limit : Number.POSITIVE_INFINITY
  const cannotBeBad = scaling === null && !datatype.isFloat && !isLong
  let count = 0
  let first = { index: 0, value: 0 }
  return {
    look: (values: NumericArray, start: number): void => {
      if (cannotBeBad || (values instanceof Float32Array && allFinite(values))) return
      for (let i = 0; i < values.length; i++) {
        if (Math.abs(values[i]!) < limit) continue
        if (count === 0) first = { index: start + i, value: values[i]! }
        count++
      }
    },
    refuse: (): void => {
      if (count === 0) return
      const [columns, rows] = geometry.shape
      const { index, value } = first
      const position = [
        index % columns,
        Math.floor(index / columns) % rows,
        Math.floor(index / (columns * rows)),
      ]
      const problem: Problem = {
        message: isLong ? "integers in the file are too large to be exact" : "voxels are not finite numbers",
        file,
        expected: isLong ? "integers below 2^53 in size" : "finite numbers",
        found: `${count} such ${count === 1 ? "voxel" : "voxels"}, the first at [${position.join(", ")}]: ${value}`,
        fix: isLong
          ? "find out how they came about: no image needs so large ones"
          : "find out how they came about, then replace them with numpy: numpy.nan_to_num(array, nan=0, posinf=0, neginf=0)",
      }
      throw failure("data", problem)
    },
  }
}

/** Whether no exponent has all its bits set, as those of NaN and the infinities have: adding one to such an exponent
 *  sets the sign, which the sum of all bits keeps. Half the time of comparing numbers. */
const allFinite = (values: Float32Array): boolean => {
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length)
  let seen = 0
  for (let i = 0; i < bits.length; i++) seen |= (bits[i]! & 0x7f800000) + 0x00800000
  return seen >= 0
}
