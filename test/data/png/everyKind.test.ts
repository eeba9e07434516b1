import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { readPng } from "../../../src/data/png/readPng.ts"
import { useFiles } from "../nifti/goodFile.ts"
import { refusal } from "../support/refusal.ts"
import { encoded, type Picture } from "./encoded.ts"
import { chunk } from "./pngFile.ts"

const { saved } = useFiles()
const read = async (picture: Picture) => readPng(await saved(encoded(picture), ".png"))

const kinds = fc.oneof(
  fc.record({ colour: fc.constant(0 as const), depth: fc.constantFrom<Picture["depth"]>(1, 2, 4, 8, 16) }),
  fc.record({ colour: fc.constantFrom<2 | 4 | 6>(2, 4, 6), depth: fc.constantFrom<Picture["depth"]>(8, 16) }),
  fc.record({ colour: fc.constant(3 as const), depth: fc.constantFrom<Picture["depth"]>(1, 2, 4, 8) }),
)

const pictures = fc
  .record({
    kind: kinds,
    columns: fc.integer({ min: 1, max: 12 }),
    rows: fc.integer({ min: 1, max: 12 }),
    interlaced: fc.boolean(),
    filters: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 6 }),
  })
  .chain(({ kind, columns, rows, ...words }) => {
    const count = columns * rows
    const value = fc.integer({ min: 0, max: 2 ** kind.depth - 1 })
    return fc
      .array(value, { minLength: count, maxLength: count })
      .map((values): Picture => ({ ...kind, columns, rows, ...words, values }))
  })

/** Entry i is grey 255 - i; as many as the depth can name. */
const palette = (depth: number) =>
  chunk(
    "PLTE",
    Uint8Array.from({ length: 3 * 2 ** depth }, (_, i) => 255 - Math.floor(i / 3)),
  )

describe("readPng", () => {
  test.prop([pictures])(
    "reads every colour type, depth and filter, in one pass or in seven",
    async (picture) => {
      const isPalette = picture.colour === 3
      const whole = isPalette ? { ...picture, parts: [palette(picture.depth)] } : picture
      const { shape, datatype, voxels } = await read(whole)
      expect(shape).toEqual([picture.columns, picture.rows])
      expect(datatype).toBe(picture.depth === 16 ? "uint16" : "uint8")
      expect([...voxels]).toEqual(isPalette ? picture.values.map((value) => 255 - value) : picture.values)
    },
  )

  const colours: Picture = {
    ...{ columns: 2, rows: 1, depth: 8, colour: 2, interlaced: false, values: [5, 6], filters: [0] },
  }
  const clear = (...bytes: readonly number[]) => [chunk("tRNS", Uint8Array.from(bytes))]

  it("takes a colour for transparent when all of its samples are", async () => {
    for (const parts of [clear(0, 5, 0, 5, 0, 6), clear(0, 7, 0, 5, 0, 5), clear(1, 5, 0, 5, 0, 5)])
      expect([...(await read({ ...colours, parts })).voxels]).toEqual([5, 6])
    const { problems } = await refusal(read({ ...colours, parts: clear(0, 6, 0, 6, 0, 6) }))
    expect(problems).toEqual([
      {
        message: "the image is transparent in places",
        file: expect.anything(),
        path: "pixel [1, 0]",
        expected: "every pixel opaque",
        found: "one that is not",
        fix: "decide what lies behind it, put the image on that background, and save it without opacity",
      },
    ])
    const deep: Picture = { ...colours, depth: 16, values: [0x0102, 0x0201] }
    expect([...(await read({ ...deep, parts: clear(2, 2, 2, 2, 2, 2) })).voxels]).toEqual([0x0102, 0x0201])
    expect((await refusal(read({ ...deep, parts: clear(2, 1, 2, 1, 2, 1) }))).problems).toHaveLength(1)
    const grey: Picture = { ...colours, colour: 0 }
    expect((await refusal(read({ ...grey, parts: clear(0, 5) }))).problems).toMatchObject([
      { path: "pixel [0, 0]" },
    ])
  })

  it("takes entries of the palette for opaque unless tRNS says otherwise", async () => {
    const painted: Picture = { ...colours, colour: 3, depth: 2, values: [3, 2] }
    const parts = (...opacities: readonly number[]) => [palette(2), ...clear(...opacities)]
    expect([...(await read({ ...painted, parts: parts(0, 0, 255) })).voxels]).toEqual([252, 253])
    expect((await refusal(read({ ...painted, parts: parts(255, 255, 254) }))).problems).toMatchObject([
      { path: "pixel [1, 0]" },
    ])
  })

  it("names the pixel of an interlaced image by its place in the image", async () => {
    // The one pixel that is transparent is in row 4, column 6 of 8 x 8: the third of those whose columns are 2 apart.
    const values = Array.from({ length: 64 }, (_, i) => (i === 4 * 8 + 6 ? 9 : 1))
    const picture: Picture = {
      ...colours,
      colour: 0,
      columns: 8,
      rows: 8,
      interlaced: true,
      values,
      parts: clear(0, 9),
    }
    expect((await refusal(read(picture))).problems).toMatchObject([
      { path: "pixel [6, 4]", expected: "every pixel opaque" },
    ])
  })
})
