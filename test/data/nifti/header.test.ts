import { describe, expect, it } from "vitest"
import type { Fields } from "./niftiBytes.ts"
import { dim, file, parse, problemsOf, rewrite } from "./parsedHeader.ts"

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
