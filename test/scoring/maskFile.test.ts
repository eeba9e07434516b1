import { readdirSync, readlinkSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { isPng, readGrid, readMask } from "../../src/scoring/maskFile.ts"
import { idat, ihdr, png } from "../data/png/pngFile.ts"
import { refusal } from "../data/support/refusal.ts"
import { useFolder } from "../support/folder.ts"
import { drawn } from "./drawn.ts"

const write = useFolder()
const slices = [
  ["#..", "##."],
  ["...", "..#"],
]
const ones = Uint8Array.of(1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1)

describe("readMask", () => {
  it("reads .nii and .nii.gz alike", async () => {
    write("m.nii", drawn(slices))
    write("m.nii.gz", drawn(slices, { gzip: true }))
    for (const file of ["m.nii", "m.nii.gz"])
      expect(await readMask(file, null)).toEqual({ mask: ones, labels: [1], problems: [] })
  })

  it("reads whole numbers after scaling", async () => {
    // As nibabel stores a float mask of 0 and 1 in bytes; 255 times the nearest float32 of 1/255 is 1.00000006.
    write("m.nii", drawn([["9..9"]], { scaling: [1 / 9, 0] }))
    expect(await readMask("m.nii", null)).toMatchObject({ mask: Uint8Array.of(1, 0, 0, 1), labels: [1] })
  })

  it("reads PNG images", async () => {
    write("m.png", png(ihdr(3, 2), idat(0, 255, 0, 0, 0, 255, 255, 0)))
    expect(await readMask("m.png", null)).toMatchObject({
      mask: Uint8Array.of(1, 0, 0, 1, 1, 0),
      labels: [255],
    })
  })

  it("takes the labels asked for", async () => {
    write("m.nii", drawn([["0123"]]))
    expect((await readMask("m.nii", [1, 3])).mask).toEqual(Uint8Array.of(0, 1, 0, 1))
    write("m.png", png(ihdr(4, 1), idat(0, 0, 1, 2, 3)))
    expect(await readMask("m.png", [1, 3])).toMatchObject({ mask: Uint8Array.of(0, 1, 0, 1), labels: [1, 3] })
  })

  it("says how to choose among several values", async () => {
    write("m.nii", drawn([["0122"]]))
    expect((await refusal(readMask("m.nii", null))).problems).toEqual([
      {
        message: "the mask holds more than 0 and one other value",
        file: "m.nii",
        expected: "0 outside and one value inside, unless --labels says which values are inside",
        found: "0 (1 voxel), 1 (1 voxel), 2 (2 voxels)",
        fix: "say which are inside, for instance --labels 1,2",
      },
    ])
  })

  it("refuses scaled fractions and damaged files", async () => {
    write("half.nii", drawn(slices, { scaling: [0.5, 0] }))
    expect((await refusal(readMask("half.nii", null))).problems[0]).toMatchObject({
      message: "the mask holds fractions",
      file: "half.nii",
      found: "0 (8 voxels), 0.5 (4 voxels)",
    })
    write("short.nii", drawn(slices).subarray(0, 360))
    expect((await refusal(readMask("short.nii", null))).problems[0]!.message).toMatch(/not as long/)
  })
})

/** Of the files that this process holds open, those with this ending. */
const heldOpen = (ending: string): readonly string[] =>
  readdirSync("/proc/self/fd").flatMap((descriptor) => {
    try {
      const file = readlinkSync(`/proc/self/fd/${descriptor}`)
      return file.endsWith(ending) ? [file] : []
    } catch {
      return [] // closed meanwhile
    }
  })

describe.skipIf(process.platform !== "linux")("readMask, and the files that a process may hold open", () => {
  it.each([
    ["a sound mask", "sound.nii", drawn(slices)],
    ["a packed one", "sound.nii.gz", drawn(slices, { gzip: true })],
    ["no mask", "labels.nii", drawn([["012"]])],
    ["a damaged one", "short.nii.gz", drawn(slices, { gzip: true }).subarray(0, 60)],
  ])("gives back that of %s", async (_, name, bytes) => {
    write(name, bytes)
    await readMask(name, null).catch(() => null)
    expect(heldOpen(name)).toEqual([])
  })
})

describe("isPng", () => {
  it("goes by the ending, in small letters or capitals", () => {
    expect(["a.png", "a.PNG", "a.png.nii", "apng", "a.nii"].map(isPng)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
  })
})

describe("readGrid", () => {
  it.each(["m.mha", "m.NII", "m", "m.nii.zip"])("refuses %s by its name", async (file) => {
    write(file, drawn(slices))
    const { kind, problems } = await refusal(readGrid(file, null))
    expect(kind).toBe("data")
    expect(problems).toEqual([
      {
        message: "the name is not that of a mask that losslab reads",
        file,
        expected: "a name that ends in .nii, .nii.gz or .png, in small letters",
        fix: "rename it if only the capitals are wrong; else convert it with the program that made it",
      },
    ])
  })

  it("reads headers alone", async () => {
    write("m.nii", drawn(slices, { spacingMm: [0.5, 1, 2], originMm: 7 }))
    expect(await readGrid("m.nii", null)).toMatchObject({
      shape: [3, 2, 2],
      spacingMm: [0.5, 1, 2],
      affine: [[0.5, 0, 0, 7], [0, 1, 0, 0], [0, 0, 2, 0], expect.anything()],
    })
    write("m.png", png(ihdr(3, 2)))
    expect(await readGrid("m.png", null)).toMatchObject({ shape: [3, 2, 1], spacingMm: [1, 1, 1] })
    expect(await readGrid("m.png", [0.5, 0.25])).toMatchObject({ spacingMm: [0.25, 0.5, 1] })
  })
})
