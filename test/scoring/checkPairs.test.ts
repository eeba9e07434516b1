import { describe, expect, it, vi } from "vitest"
import { Failure, failure } from "../../src/failure/failure.ts"
import { checkPairs, inCase } from "../../src/scoring/checkPairs.ts"
import { readGrid } from "../../src/scoring/maskFile.ts"
import type { Pair } from "../../src/scoring/pairFiles.ts"
import { ihdr, png } from "../data/png/pngFile.ts"
import { useFolder } from "../support/folder.ts"
import { drawn } from "./drawn.ts"

// As it is, unless a test says otherwise.
vi.mock(import("../../src/scoring/maskFile.ts"), async (importOriginal) => {
  const original = await importOriginal()
  return { ...original, readGrid: vi.fn(original.readGrid) }
})

const write = useFolder()

const pair = (name: string, prediction: Uint8Array, reference: Uint8Array, ending = "nii"): Pair => ({
  case: name,
  prediction: write(`p/${name}.${ending}`, prediction),
  reference: write(`r/${name}.nii`, reference),
})

const geometry = { agreement: "geometry", pngSpacingMm: null } as const
const shape = { agreement: "shape", pngSpacingMm: null } as const
const mask = drawn([["#."]])

describe("checkPairs", () => {
  it("gives the grid of each pair that fits", async () => {
    const { pairs, problems } = await checkPairs([pair("a", mask, mask)], geometry)
    expect(problems).toEqual([])
    expect(pairs).toMatchObject([{ case: "a", unit: "mm", geometry: { shape: [2, 1, 1] } }])
  })

  it("lists the problems of all pairs at once, both geometries where they differ", async () => {
    const { pairs, problems } = await checkPairs(
      [
        pair("a", drawn([["#."]], { spacingMm: [1, 1, 2] }), mask),
        pair("b", mask, mask),
        pair("c", mask.subarray(0, 100), mask.subarray(0, 200)),
        pair("d", mask, drawn([["#.."]])),
      ],
      geometry,
    )
    expect(pairs.map((each) => each.case)).toEqual(["b"])
    expect(problems).toMatchObject([
      {
        message: "prediction and reference differ in spacing, affine",
        path: "case a",
        file: "p/a.nii",
        expected:
          "2 x 1 x 1 voxels of 1 x 1 x 1 mm, affine [[1,0,0,0],[0,1,0,0],[0,0,1,0]] (reference r/a.nii)",
        found: "2 x 1 x 1 voxels of 1 x 1 x 2 mm, affine [[1,0,0,0],[0,1,0,0],[0,0,2,0]]",
        fix: "if the voxels belong together one by one all the same, say --agreement shape",
      },
      { file: "p/c.nii", path: "case c" },
      { file: "r/c.nii", path: "case c" },
      { message: "prediction and reference differ in shape", path: "case d" },
    ])
  })

  it("compares the shape alone when told to, and then measures on the reference's grid", async () => {
    const moved = drawn([["#."]], { spacingMm: [3, 3, 3], originMm: 9 })
    const { pairs, problems } = await checkPairs([pair("a", moved, mask)], shape)
    expect(problems).toEqual([])
    expect(pairs[0]!.geometry.spacingMm).toEqual([1, 1, 1])
  })

  it("measures PNG images in pixels, unless their spacing is given or the other file has one", async () => {
    const image = png(ihdr(2, 1))
    const images: Pair = { case: "a", prediction: write("p.png", image), reference: write("r.png", image) }
    const units = async (each: Pair, options: Parameters<typeof checkPairs>[1]) =>
      (await checkPairs([each], options)).pairs.map(({ unit, geometry: { spacingMm } }) => [unit, spacingMm])
    expect(await units(images, geometry)).toEqual([["pixels", [1, 1, 1]]])
    expect(await units(images, { ...geometry, pngSpacingMm: [2, 3] })).toEqual([["mm", [3, 2, 1]]])

    const volume = write("v.nii", drawn([["#."]], { spacingMm: [5, 6, 7] }))
    for (const mixed of [
      { ...images, prediction: volume },
      { ...images, reference: volume },
    ])
      expect(await units(mixed, shape)).toEqual([["mm", [5, 6, 7]]])
  })

  it("refuses pixels and mm side by side", async () => {
    const image = png(ihdr(2, 1))
    const images: Pair = { case: "b", prediction: write("p.png", image), reference: write("r.png", image) }
    expect((await checkPairs([pair("a", mask, mask), images], geometry)).problems).toEqual([
      {
        message: "some distances would be in pixels and others in mm",
        path: "--spacing-mm",
        found: "in pixels: b",
        fix: "say how far the rows and the columns of the PNG images lie apart: --spacing-mm row,column",
      },
    ])
    const twice = [images, { ...images, case: "c" }]
    expect((await checkPairs(twice, geometry)).problems).toEqual([])
    expect((await checkPairs([pair("a", mask, mask), ...twice], geometry)).problems).toMatchObject([
      { found: "in pixels: b, c" },
    ])
    const given = { ...geometry, pngSpacingMm: [1, 1] } as const
    expect((await checkPairs([pair("a", mask, mask), ...twice], given)).problems).toEqual([])
  })

  it("stops between pairs when it is interrupted, with the reason", async () => {
    const controller = new AbortController()
    const reason = new Error("enough")
    const pairs = ["a", "b", "c"].map((name) => pair(name, mask, mask))
    vi.mocked(readGrid).mockClear()
    vi.mocked(readGrid).mockImplementationOnce(async () => {
      controller.abort(reason)
      throw failure("data", { message: "half a header" })
    })
    await expect(checkPairs(pairs, geometry, controller.signal)).rejects.toBe(reason)
    // Both files of the first pair, and none of the second.
    expect(vi.mocked(readGrid).mock.calls.map(([file]) => file)).toEqual(["p/a.nii", "r/a.nii"])
    await expect(checkPairs(pairs, geometry, AbortSignal.abort(reason))).rejects.toBe(reason)
    expect((await checkPairs(pairs, geometry, new AbortController().signal)).pairs).toHaveLength(3)
  })

  it.each([new TypeError("a bug"), new Failure("environment", [{ message: "the disk is gone" }])])(
    "throws on at once what says nothing about the data: %s",
    async (error) => {
      vi.mocked(readGrid).mockRejectedValueOnce(error)
      await expect(checkPairs([pair("a", mask, mask)], geometry)).rejects.toBe(error)
    },
  )
})

describe("inCase", () => {
  it("puts the case before the place in the file, if there is one", () => {
    const of = pair("a", mask, mask)
    expect(inCase(of, { message: "m", file: "p/a.nii" })).toEqual({
      message: "m",
      file: "p/a.nii",
      path: "case a",
    })
    expect(inCase(of, { message: "m", path: "voxels" }).path).toBe("case a, voxels")
  })
})
