import { readFile } from "node:fs/promises"
import { fc, test } from "@fast-check/vitest"
import { encode } from "fast-png"
import { describe, expect, it } from "vitest"
import { spacingAffine } from "../../../src/data/nifti/orientation.ts"
import { readPng } from "../../../src/data/png/readPng.ts"
import { useFiles } from "../nifti/goodFile.ts"
import { chunk, idat, ihdr, png } from "./pngFile.ts"

interface Case {
  readonly name: string
  readonly base64: string
  readonly rows: number
  readonly columns: number
  readonly values: readonly number[]
}

const { cases } = JSON.parse(await readFile(new URL("../../fixtures/png.json", import.meta.url), "utf8")) as {
  readonly cases: readonly Case[]
}

const { saved } = useFiles()
const read = async (bytes: Uint8Array) => readPng(await saved(bytes, ".png"))

describe("readPng", () => {
  it.each(cases)("reads as Pillow does: $name", async ({ base64, rows, columns, values }) => {
    const { shape, geometry, voxels } = await read(Buffer.from(base64, "base64"))
    expect(shape).toEqual([columns, rows])
    expect(geometry.shape).toEqual([columns, rows, 1])
    expect([...voxels]).toEqual(values)
  })

  it("gives a 2-D volume in pixels, or with the spacing it is told", async () => {
    const file = await saved(png(ihdr(2, 1), idat(0, 5, 6)), ".png")
    expect(await readPng(file)).toEqual({
      file,
      shape: [2, 1],
      geometry: { shape: [2, 1, 1], spacingMm: [1, 1, 1], affine: spacingAffine([1, 1, 1]) },
      datatype: "uint8",
      voxels: Uint8Array.of(5, 6),
    })
    // Rows 0.5 mm apart, columns 0.25 mm.
    const { geometry } = await readPng(file, [0.5, 0.25])
    expect(geometry.spacingMm).toEqual([0.25, 0.5, 1])
    expect(geometry.affine).toEqual(spacingAffine([0.25, 0.5, 1]))
  })

  it("undoes each filter, by hand", async () => {
    // Sub adds the left, up the above, average half of both, Paeth the nearest of left, above and corner.
    const lines = [
      ...[0, 1, 2, 3],
      ...[1, 10, 1, 1], // 10 11 12
      ...[2, 1, 1, 1], // 11 12 13
      ...[3, 1, 1, 1], // 1 + 5, 1 + (6 + 12 >> 1), 1 + (10 + 13 >> 1)
      ...[4, 1, 1, 255], // 1 + 6; left 7, up 10, corner 6: 11, nearest 10; left 11, up 12, corner 10: 13 -> 12, wraps
    ]
    const { voxels } = await read(png(ihdr(3, 5), idat(...lines)))
    expect([...voxels]).toEqual([1, 2, 3, 10, 11, 12, 11, 12, 13, 6, 10, 12, 7, 11, 11])
  })

  it("passes over a transparent colour that no pixel has", async () => {
    const bytes = png(ihdr(2, 1), chunk("tRNS", Uint8Array.of(0, 7)), idat(0, 5, 6))
    expect([...(await read(bytes)).voxels]).toEqual([5, 6])
  })

  test.prop([
    fc.integer({ min: 1, max: 20 }),
    fc.integer({ min: 1, max: 20 }),
    fc.constantFrom<8 | 16>(8, 16),
    fc.constantFrom<"null" | "Adam7">("null", "Adam7"),
    fc.nat(),
  ])("reads what fast-png writes", async (width, height, depth, interlace, seed) => {
    const length = width * height
    const value = (_: unknown, i: number) => (seed * (i + 1) * 2654435761) >>> (depth === 8 ? 24 : 16)
    const data = depth === 8 ? Uint8Array.from({ length }, value) : Uint16Array.from({ length }, value)
    const volume = await read(encode({ width, height, data, depth, channels: 1 }, { interlace }))
    expect(volume.voxels).toEqual(data)
    expect(volume.datatype).toBe(depth === 8 ? "uint8" : "uint16")
  })
})
