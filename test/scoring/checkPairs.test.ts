import { describe, expect, it } from "vitest"
import { checkPairs } from "../../src/scoring/checkPairs.ts"
import type { Pair } from "../../src/scoring/pairFiles.ts"
import { ihdr, png } from "../data/png/pngFile.ts"
import { useFolder } from "../support/folder.ts"
import { drawn } from "./drawn.ts"

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
    expect((await checkPairs([pair("a", mask, mask), images], geometry)).problems).toMatchObject([
      { message: "some distances would be in pixels and others in mm", found: "in pixels: b" },
    ])
  })
})
