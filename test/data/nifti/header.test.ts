import { describe, expect, it } from "vitest"
import { parseHeader } from "../../../src/data/nifti/header.ts"
import { refusal } from "../support/refusal.ts"
import { type Fields, niftiBytes } from "./niftiBytes.ts"

const parse = (fields: Partial<Fields>, channel: number | null = null) =>
  parseHeader(niftiBytes(fields), "a.nii", channel)
const problemsOf = async (fields: Partial<Fields>, channel: number | null = null) => {
  const { kind, problems } = await refusal(() => parse(fields, channel))
  expect(kind).toBe("data")
  return problems
}

const rewrite = "export the file again: its header is damaged, or was written by a faulty program"
const file = "a.nii"
const dim = (...sides: readonly number[]) => ({
  dim: [sides.length, ...sides, ...Array(7 - sides.length).fill(1)],
})

describe("the shape", () => {
  it("is the file's, with one slice for a 2-D image, and further sides of 1 are passed over", () => {
    for (const [sides, shape] of [
      [
        [5, 4],
        [5, 4, 1],
      ],
      [
        [5, 4, 1],
        [5, 4, 1],
      ],
      [
        [5, 4, 3],
        [5, 4, 3],
      ],
      [
        [5, 4, 3, 1, 1, 1, 1],
        [5, 4, 3],
      ],
    ] as const) {
      const header = parse(dim(...sides))
      expect([header.shape, header.geometry.shape]).toEqual([sides, shape])
      const voxels = shape[0] * shape[1] * shape[2]
      expect(header).toMatchObject({ file, volumes: 1, voxels, voxelBytes: voxels, fileBytes: 352 + voxels })
    }
  })

  it("may hold several volumes when one of them is chosen, which then begins behind those before it", () => {
    const series = { ...dim(4, 3, 2, 2, 1, 3), datatype: 4, bitpix: 16 }
    for (const channel of [0, 1, 5])
      expect(parse(series, channel)).toMatchObject({
        shape: [4, 3, 2, 2, 1, 3],
        geometry: { shape: [4, 3, 2] },
        volumes: 6,
        voxels: 24,
        voxelBytes: 48,
        voxelOffset: 352 + 48 * channel,
        fileBytes: 352 + 6 * 48,
      })
    expect(parse(dim(4, 3, 2), 0)).toMatchObject({ volumes: 1, voxelOffset: 352 })
  })

  it("refuses a series without a choice, and a channel that is not there", async () => {
    const series = dim(4, 3, 2, 2, 3)
    expect(await problemsOf(series)).toEqual([
      {
        message: "the file holds a series of volumes",
        file,
        path: "dim",
        expected: "2 or 3 dimensions (further ones of size 1 are ignored)",
        found: "4 x 3 x 2 x 2 x 3",
        fix: "save the volume you mean (one time point or channel) in a file of its own; in an experiment, choose one of the 6 images by load.source.channel, counted from 0",
      },
    ])
    expect(await problemsOf(dim(4, 3, 2, 2))).toMatchObject([
      { message: "the file holds a series of volumes" },
    ])
    const absent = (channel: number, expected: string, found: string) => [
      {
        message: `the file has no channel ${channel}`,
        file,
        path: "dim",
        expected,
        found,
        fix: "set load.source.channel to one that all images have",
      },
    ]
    expect(await problemsOf(series, 6)).toEqual(absent(6, "a channel from 0 to 5", "4 x 3 x 2 x 2 x 3"))
    expect(await problemsOf(dim(4, 3, 2), 1)).toEqual(absent(1, "channel 0, the only one", "4 x 3 x 2"))
  })

  it("refuses a number of dimensions that is none, a line, and a side that is no number of voxels", async () => {
    for (const rank of [0, 8, -1])
      expect(await problemsOf({ dim: [rank, 4, 3, 2, 1, 1, 1, 1] })).toEqual([
        {
          message: "dim[0] is not a number of dimensions",
          file,
          path: "dim[0]",
          expected: "2 or 3",
          found: String(rank),
          fix: rewrite,
        },
      ])
    expect(await problemsOf(dim(4))).toEqual([
      {
        message: "the file holds a line, not an image",
        file,
        path: "dim",
        expected: "2 or 3 dimensions (further ones of size 1 are ignored)",
        found: "4",
      },
    ])
    for (const sides of [
      [0, 3, 2],
      [4, 3, -2],
      [4, 3, 2, 0],
    ])
      expect(await problemsOf(dim(...sides))).toEqual([
        {
          message: "a side of the volume is not a positive number",
          file,
          path: "dim",
          expected: "every side 1 or more",
          found: sides.join(" x "),
          fix: rewrite,
        },
      ])
    // More than a float64 counts, which NIfTI-2 can say.
    expect(await problemsOf({ version: 2, ...dim(2 ** 54, 1, 1) })).toMatchObject([
      { message: "a side of the volume is not a positive number" },
    ])
  })

  it("refuses more than 4 GiB of voxels, in the file or in memory, and no less", async () => {
    const sized = (z: number, changes: Partial<Fields> = {}) => ({ ...dim(2048, 2048, z), ...changes })
    expect(parse(sized(1024)).voxelBytes).toBe(2 ** 32)
    expect(await problemsOf(sized(1025))).toEqual([
      {
        message: "the volume is larger than losslab reads",
        file,
        path: "dim",
        expected: "at most 4294967296 bytes of voxels",
        found: "2048 x 2048 x 1025 voxels, 4299161600 bytes",
      },
    ])
    const int16 = { datatype: 4, bitpix: 16 }
    expect(parse(sized(512, int16)).voxelBytes).toBe(2 ** 32)
    expect(await problemsOf(sized(513, int16))).toMatchObject([
      { found: "2048 x 2048 x 513 voxels, 4303355904 bytes" },
    ])
    // float32 after scaling
    expect(parse(sized(256, { slope: 2 })).voxels).toBe(2 ** 30)
    expect(await problemsOf(sized(257, { slope: 2 }))).toMatchObject([
      { found: "2048 x 2048 x 257 voxels, 1077936128 bytes, 4311744512 after scaling" },
    ])
  })
})

describe("the datatype", () => {
  it.each([
    [2, "uint8", 8, Uint8Array, Float32Array],
    [4, "int16", 16, Int16Array, Float32Array],
    [8, "int32", 32, Int32Array, Float64Array],
    [16, "float32", 32, Float32Array, Float32Array],
    [64, "float64", 64, Float64Array, Float64Array],
    [256, "int8", 8, Int8Array, Float32Array],
    [512, "uint16", 16, Uint16Array, Float32Array],
    [768, "uint32", 32, Uint32Array, Float64Array],
    [1024, "int64", 64, Float64Array, Float64Array],
    [1280, "uint64", 64, Float64Array, Float64Array],
  ] as const)(
    "%i is %s: kept exactly, and after scaling in no less than it needs",
    async (datatype, name, bitpix, plain, scaled) => {
      const header = parse({ datatype, bitpix })
      expect(header.datatype).toMatchObject({ name, bytes: bitpix / 8, isFloat: name.startsWith("float") })
      expect(header.voxelBytes).toBe((24 * bitpix) / 8)
      expect([header.Voxels, parse({ datatype, bitpix, slope: 2 }).Voxels]).toEqual([plain, scaled])
      expect(await problemsOf({ datatype, bitpix: bitpix + 8 })).toEqual([
        {
          message: "bitpix contradicts the datatype",
          file,
          path: "bitpix",
          expected: `${bitpix} (${name})`,
          found: String(bitpix + 8),
          fix: rewrite,
        },
      ])
    },
  )

  const known = "uint8, int16, int32, float32, float64, int8, uint16, uint32, int64, uint64"

  it.each([
    [1, "binary (1 bit)"],
    [32, "complex64"],
    [128, "RGB24"],
    [1536, "float128"],
    [1792, "complex128"],
    [2048, "complex256"],
    [2304, "RGBA32"],
  ])("%i is refused by its name, %s", async (datatype, name) => {
    expect(await problemsOf({ datatype })).toEqual([
      {
        message: `the datatype ${name} is not supported`,
        file,
        path: "datatype",
        expected: known,
        found: `${datatype} (${name})`,
        fix: "convert it with nibabel, to one number per voxel: nibabel.Nifti1Image(array.astype('float32'), image.affine)",
      },
    ])
  })

  it("refuses a code that NIfTI does not have", async () => {
    expect(await problemsOf({ datatype: 3 })).toEqual([
      {
        message: "the datatype is not one of NIfTI's",
        file,
        path: "datatype",
        expected: known,
        found: "3",
        fix: rewrite,
      },
    ])
  })
})

describe("the scaling", () => {
  const scaling = (slope: number, intercept: number) => parse({ slope, intercept }).scaling

  it("is none for a slope of 0, for both NaN, for NaN and 0, and for 1 and 0", () => {
    for (const [slope, intercept] of [
      [0, 5],
      [0, Number.NaN],
      [Number.NaN, Number.NaN],
      [Number.NaN, 0],
      [1, 0],
    ] as const)
      expect(scaling(slope, intercept)).toBeNull()
  })

  it("is what slope and intercept say otherwise", () => {
    for (const [slope, intercept] of [
      [2, 0],
      [1, 5],
      [-0.5, -3],
    ] as const)
      expect(scaling(slope, intercept)).toEqual({ slope, intercept })
  })

  it("refuses numbers that are not finite", async () => {
    for (const [slope, intercept] of [
      [Number.NaN, 5],
      [2, Number.NaN],
      [1, Number.POSITIVE_INFINITY],
      [Number.NEGATIVE_INFINITY, 0],
    ] as const)
      expect(await problemsOf({ slope, intercept })).toEqual([
        {
          message: "scl_slope and scl_inter do not say how to scale",
          file,
          path: "scl_slope, scl_inter",
          expected: "both finite, or slope 0, or both NaN (no scaling)",
          found: `${slope}, ${intercept}`,
          fix: rewrite,
        },
      ])
  })
})

describe("the beginning of the voxels", () => {
  it("is anywhere from behind the header to 64 MiB on, at a whole byte", async () => {
    for (const voxelOffset of [352, 353, 1000, 2 ** 26])
      expect(parse({ voxelOffset })).toMatchObject({ voxelOffset, fileBytes: voxelOffset + 24 })
    expect(parse({ version: 2, voxelOffset: 2 ** 26 }).voxelOffset).toBe(2 ** 26)
    const refused = async (version: 1 | 2, voxelOffset: number, expected: string) =>
      expect(await problemsOf({ version, voxelOffset })).toEqual([
        {
          message: "vox_offset does not say where the voxels begin",
          file,
          path: "vox_offset",
          expected,
          found: String(voxelOffset),
          fix: rewrite,
        },
      ])
    for (const voxelOffset of [351, 352.5, 0, 2 ** 26 + 8, Number.NaN])
      await refused(1, voxelOffset, "a whole number, 352 to 67108864")
    for (const voxelOffset of [543, 352, 2 ** 26 + 1])
      await refused(2, voxelOffset, "a whole number, 544 to 67108864")
  })
})

describe("the header", () => {
  it("keeps its byte order and its version's geometry", () => {
    for (const version of [1, 2] as const)
      for (const littleEndian of [true, false])
        expect(parse({ version, littleEndian })).toMatchObject({
          littleEndian,
          geometry: { shape: [4, 3, 2], spacingMm: [1, 2, 3] },
        })
  })

  it("is refused with everything that is wrong in it", async () => {
    const wrong = { ...dim(4, 0, 2), datatype: 128, slope: Number.POSITIVE_INFINITY, voxelOffset: 3 }
    expect((await problemsOf(wrong)).map(({ path }) => path)).toEqual([
      "dim",
      "datatype",
      "scl_slope, scl_inter",
      "vox_offset",
    ])
    expect((await problemsOf({ datatype: 3, units: 5 })).map(({ path }) => path)).toEqual([
      "datatype",
      "xyzt_units",
    ])
  })
})
