import { gzipSync } from "node:zlib"
import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { openNifti } from "../../../src/data/nifti/openNifti.ts"
import { readNifti } from "../../../src/data/nifti/readNifti.ts"
import { refusal } from "../support/refusal.ts"
import { useFiles } from "./goodFile.ts"
import { type Fields, niftiBytes } from "./niftiBytes.ts"

const { saved } = useFiles()

type Put = (view: DataView, at: number, value: number, little: boolean) => void
const types: Readonly<Record<string, { code: number; bytes: number; put: Put; low: number; high: number }>> =
  {
    uint8: { code: 2, bytes: 1, put: (v, at, x) => v.setUint8(at, x), low: 0, high: 255 },
    int8: { code: 256, bytes: 1, put: (v, at, x) => v.setInt8(at, x), low: -128, high: 127 },
    uint16: { code: 512, bytes: 2, put: (v, at, x, l) => v.setUint16(at, x, l), low: 0, high: 65535 },
    int16: { code: 4, bytes: 2, put: (v, at, x, l) => v.setInt16(at, x, l), low: -32768, high: 32767 },
    uint32: { code: 768, bytes: 4, put: (v, at, x, l) => v.setUint32(at, x, l), low: 0, high: 2 ** 32 - 1 },
    int32: {
      code: 8,
      bytes: 4,
      put: (v, at, x, l) => v.setInt32(at, x, l),
      low: -(2 ** 31),
      high: 2 ** 31 - 1,
    },
    uint64: {
      code: 1280,
      bytes: 8,
      put: (v, at, x, l) => v.setBigUint64(at, BigInt(x), l),
      low: 0,
      high: 2 ** 53 - 1,
    },
    int64: {
      code: 1024,
      bytes: 8,
      put: (v, at, x, l) => v.setBigInt64(at, BigInt(x), l),
      low: 1 - 2 ** 53,
      high: 2 ** 53 - 1,
    },
    float32: {
      code: 16,
      bytes: 4,
      put: (v, at, x, l) => v.setFloat32(at, x, l),
      low: -3.4028234663852886e38,
      high: 3.4028234663852886e38,
    },
    float64: {
      code: 64,
      bytes: 8,
      put: (v, at, x, l) => v.setFloat64(at, x, l),
      low: -Number.MAX_VALUE,
      high: Number.MAX_VALUE,
    },
  }

/** A file of one line of voxels, unless the fields say otherwise. */
const fileOf = (type: string, values: readonly number[], fields: Partial<Fields> = {}): Uint8Array => {
  const { code, bytes, put } = types[type]!
  const voxels = new Uint8Array(bytes * values.length)
  const view = new DataView(voxels.buffer)
  for (const [i, value] of values.entries()) put(view, bytes * i, value, fields.littleEndian ?? true)
  return niftiBytes(
    { dim: [3, values.length, 1, 1, 1, 1, 1, 1], datatype: code, bitpix: 8 * bytes, ...fields },
    voxels,
  )
}

const read = async (bytes: Uint8Array, channel: number | null = null, extension = ".nii") =>
  readNifti(await saved(bytes, extension), channel)
const problemsOf = async (bytes: Uint8Array, extension = ".nii") => {
  const { kind, problems } = await refusal(read(bytes, null, extension))
  expect(kind).toBe("data")
  return problems
}

describe("readNifti", () => {
  it.each(Object.keys(types))(
    "reads %s to the ends of its range, in both byte orders and versions",
    async (type) => {
      const { low, high } = types[type]!
      const values = [low, 0, 1, 2, 100, high]
      for (const version of [1, 2] as const)
        for (const littleEndian of [true, false]) {
          const volume = await read(fileOf(type, values, { version, littleEndian }))
          expect(volume.datatype).toBe(type)
          expect([...volume.voxels]).toEqual(values)
        }
    },
  )

  it.each(Object.keys(types).filter((type) => type !== "float64" && type !== "float32"))(
    "scales %s to the ends of its range with no more loss than of one rounding",
    async (type) => {
      const { low, high, bytes } = types[type]!
      const values = [low, 0, 1, 100, high]
      const kept = bytes <= 2 ? Math.fround : Number
      for (const littleEndian of [true, false]) {
        const fields = { littleEndian, slope: 0.5, intercept: -3.25 }
        const { voxels } = await read(fileOf(type, values, fields))
        expect([...voxels]).toEqual(values.map((value) => kept(value * 0.5 - 3.25)))
      }
    },
  )

  it("refuses a scaled voxel that float32 cannot hold, and takes the largest that it can", async () => {
    // The largest float32 is 3.4028234664e38; from 3.4028235678e38 on a number rounds to infinity.
    const scaled = (slope: number, type = "uint8") =>
      fileOf(type, [0, 1], { version: 2, slope, intercept: 0 })
    expect((await read(scaled(3.40282356e38))).voxels[1]).toBe(3.4028234663852886e38)
    expect((await read(scaled(-3.40282356e38))).voxels[1]).toBe(-3.4028234663852886e38)
    for (const slope of [3.4028236e38, -3.4028236e38, 1e300])
      expect(await problemsOf(scaled(slope))).toMatchObject([
        {
          message: "voxels are not finite numbers",
          expected: "finite numbers",
          found: `1 such voxel, the first at [1, 0, 0]: ${slope}`,
          fix: "find out how they came about, then replace them with numpy: numpy.nan_to_num(array, nan=0, posinf=0, neginf=0)",
        },
      ])
    expect((await read(scaled(1e300, "int32"))).voxels[1]).toBe(1e300)
    expect(await problemsOf(fileOf("float64", [0, 1e300], { version: 2, slope: 1e300 }))).toHaveLength(1)
  })

  it("refuses 64-bit integers from 2^53 on, and takes those below", async () => {
    for (const [type, values] of [
      ["int64", [2 ** 53 - 1, 1 - 2 ** 53]],
      ["uint64", [2 ** 53 - 1]],
    ] as const)
      expect([...(await read(fileOf(type, values))).voxels]).toEqual(values)
    for (const [type, value] of [
      ["int64", 2 ** 53],
      ["int64", -(2 ** 53)],
      ["uint64", 2 ** 53],
    ] as const)
      expect(await problemsOf(fileOf(type, [1, 2, value, 3, value]))).toMatchObject([
        {
          message: "integers in the file are too large to be exact",
          expected: "integers below 2^53 in size",
          found: `2 such voxels, the first at [2, 0, 0]: ${value}`,
          fix: "find out how they came about: no image needs so large ones",
        },
      ])
  })

  const side = fc.integer({ min: 1, max: 5 })
  test.prop([
    fc
      .tuple(side, side, side)
      .chain(([x, y, z]) =>
        fc.tuple(
          fc.constant([x, y, z] as const),
          fc.uniqueArray(fc.nat(x * y * z - 1), { minLength: 1, maxLength: 3 }),
        ),
      ),
    fc.constantFrom("float32", "float64"),
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
  ])(
    "names the first voxel that is not finite by its place in the file",
    async ([shape, bad], type, value) => {
      const [x, y, z] = shape
      const values = Array.from({ length: x * y * z }, (_, i) => (bad.includes(i) ? value : i))
      const first = Math.min(...bad)
      const place = [first % x, Math.floor(first / x) % y, Math.floor(first / (x * y))]
      const words = `${bad.length} such ${bad.length === 1 ? "voxel" : "voxels"}, the first at [${place.join(", ")}]: ${value}`
      const [problem] = await problemsOf(fileOf(type, values, { dim: [3, x, y, z, 1, 1, 1, 1] }))
      expect(problem).toMatchObject({ message: "voxels are not finite numbers", found: words })
    },
  )

  it("takes the largest finite numbers for finite, beside ones of any sign and size", async () => {
    const { low, high } = types.float32!
    const values = [high, low, 0, -0, 1, -1, 2 ** -149, -(2 ** -149)]
    expect([...(await read(fileOf("float32", values))).voxels]).toEqual(values)
  })

  test.prop([
    fc.integer({ min: 1, max: 4 }),
    fc.constantFrom("uint8", "int16", "float64"),
    fc.integer({ min: 0, max: 700 }),
    fc.boolean(),
    fc.constantFrom<1 | 2>(1, 2),
  ])(
    "reads each of several volumes, wherever the voxels begin, compressed or not",
    async (count, type, extra, gzip, version) => {
      const values = Array.from({ length: 24 * count }, (_, i) => i)
      const bytes = fileOf(type, values, {
        version,
        dim: [4, 4, 3, 2, count, 1, 1, 1],
        voxelOffset: (version === 1 ? 544 : 544) + (extra % 456),
      })
      for (let channel = 0; channel < count; channel++) {
        const file = gzip ? gzipSync(bytes) : bytes
        const volume = await read(file, channel, gzip ? ".nii.gz" : ".nii")
        expect([...volume.voxels]).toEqual(values.slice(24 * channel, 24 * channel + 24))
        expect(volume.shape).toEqual(count > 1 ? [4, 3, 2] : [4, 3, 2, 1])
      }
    },
  )

  it.each(Object.keys(types))("reads each of several volumes of %s that are scaled", async (type) => {
    const values = Array.from({ length: 24 * 3 }, (_, i) => i)
    const bytes = fileOf(type, values, { dim: [4, 4, 3, 2, 3, 1, 1, 1], slope: 0.5, intercept: -3.25 })
    const scaled = values.map((value) => value * 0.5 - 3.25)
    for (const channel of [0, 1, 2]) {
      const { voxels } = await read(bytes, channel)
      expect([...voxels]).toEqual(scaled.slice(24 * channel, 24 * channel + 24))
    }
  })
})

describe("a volume of several blocks", () => {
  /** A little more than two blocks of 1 MiB. */
  const count = 2 ** 20 + 5
  const value = (i: number) => (i * 7919) % 30011
  const values = Array.from({ length: count }, (_, i) => value(i))
  const large = (fields: Partial<Fields> = {}) => fileOf("int16", values, { version: 2, ...fields })
  const isRight = (voxels: ArrayLike<number>, of = value) => {
    if (voxels.length !== count) return false
    for (let i = 0; i < count; i++) if (voxels[i] !== of(i)) return false
    return true
  }

  it("is read whole in both byte orders, compressed or not, and with scaling", async () => {
    const bigEndian = large({ littleEndian: false })
    expect(isRight((await read(bigEndian)).voxels)).toBe(true)
    expect(isRight((await read(gzipSync(bigEndian, { level: 1 }), null, ".nii.gz")).voxels)).toBe(true)
    expect(isRight((await read(large({ slope: 2, intercept: 1 }))).voxels, (i) => 2 * value(i) + 1)).toBe(
      true,
    )
  })

  it("comes in blocks of up to 1 MiB when it is asked for in blocks", async () => {
    const file = await openNifti(await saved(large()))
    const lengths: number[] = []
    const all = new Int16Array(count)
    let at = 0
    for await (const block of file.blocks()) {
      lengths.push(block.length)
      all.set(block, at)
      at += block.length
    }
    await file.close()
    expect(lengths).toEqual([2 ** 19, 2 ** 19, 5])
    expect(isRight(all)).toBe(true)
  })

  it("is refused with the place of a voxel in a later block", async () => {
    const floats = new Uint8Array(4 * count)
    new DataView(floats.buffer).setFloat32(4 * (count - 2), Number.NaN, true)
    const dim = [3, 1024, 1, 1025, 1, 1, 1, 1]
    const padded = new Uint8Array(4 * 1024 * 1025)
    padded.set(floats)
    const bytes = niftiBytes({ dim, datatype: 16, bitpix: 32 }, padded)
    // 2^20 + 3 = 3 + 1024 * 1024
    expect(await problemsOf(bytes)).toMatchObject([{ found: "1 such voxel, the first at [3, 0, 1024]: NaN" }])
  })

  it("is refused when bytes of it are missing or left over, with how many there are", async () => {
    const bytes = gzipSync(large().subarray(0, -3), { level: 1 })
    const length = 544 + 2 * count
    expect(await problemsOf(bytes, ".nii.gz")).toEqual([
      {
        message: "the file is not as long as its header says",
        file: expect.anything(),
        path: "voxels",
        expected: `${length} bytes: ${count} x 1 x 1 voxels of int16 after 544 bytes`,
        found: `${length - 3} bytes`,
        fix: "copy or download the file again; if it stays so, export it again",
      },
    ])
    const more = gzipSync(Buffer.concat([large(), new Uint8Array(2)]), { level: 1 })
    expect(await problemsOf(more, ".nii.gz")).toMatchObject([{ found: "more bytes" }])
  })
})

describe("the length of a file", () => {
  it("is checked before memory is taken: exactly, or by what gzip can hold at best", async () => {
    const bytes = fileOf("uint8", [1, 2, 3, 4])
    for (const wrong of [bytes.subarray(0, -1), Buffer.concat([bytes, new Uint8Array(1)])])
      expect(await problemsOf(wrong)).toMatchObject([{ found: `${wrong.length} bytes` }])
    const huge = niftiBytes({ dim: [3, 2048, 2048, 512, 1, 1, 1, 1] }, new Uint8Array(24))
    const packed = gzipSync(huge)
    expect(await problemsOf(packed, ".nii.gz")).toMatchObject([
      { found: `at most ${1032 * packed.length} bytes when uncompressed` },
    ])
  })
})
