import { mkdir, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { beforeEach, describe, expect, it } from "vitest"
import type { Geometry } from "../../../src/data/dataset/dataset.ts"
import { writeMask } from "../../../src/data/files/writeVolume.ts"
import { spacingAffine } from "../../../src/data/nifti/orientation.ts"
import { writeNiftiFile } from "../../../src/data/nifti/writeNifti.ts"
import { type FolderOptions, folder } from "../../../src/data/sources/folder.ts"
import { emptyFolder, refusal } from "../support/refusal.ts"

const grid = (shape: [number, number, number], spacingMm: [number, number, number]): Geometry => ({
  shape,
  spacingMm,
  affine: spacingAffine(spacingMm),
})

// Slices along x: the axis with the largest spacing.
const geometry = grid([2, 3, 4], [5, 1, 1])
const flat = grid([3, 2, 1], [1, 1, 1])

let root: string
const at = (path: string) => join(root, path)
let seed = 0

/** A NIfTI or PNG file, as its name says, whose voxels no other has. */
const image = async (path: string) => {
  await mkdir(dirname(at(path)), { recursive: true })
  seed++
  if (path.endsWith(".png")) return writeMask(at(path), flat, Uint8Array.from([0, 1, 1, 0, seed % 2, 1]))
  const voxels = Float32Array.from({ length: 24 }, (_, i) => i + 100 * seed)
  return writeNiftiFile(at(path), { geometry, datatype: "float32", voxels })
}

const mask = async (path: string, values: readonly number[] = [1]) => {
  await mkdir(dirname(at(path)), { recursive: true })
  if (path.endsWith(".png")) return writeMask(at(path), flat, Uint8Array.of(0, 1, 1, 0, 0, 1))
  const voxels = Uint8Array.from({ length: 24 }, (_, i) => (i === 0 ? 0 : values[i % values.length]!))
  return writeNiftiFile(at(path), { geometry, datatype: "uint8", voxels })
}

const open = (options: Partial<FolderOptions> = {}) =>
  folder({
    images: at("images"),
    masks: at("masks"),
    second: null,
    imageName: "{case}",
    maskName: "{case}",
    secondName: "{case}",
    patient: null,
    foreground: null,
    axis: "largest-spacing",
    channel: null,
    spacingMm: null,
    agreement: "geometry",
    ...options,
  })

const problemsOf = async (options: Partial<FolderOptions> = {}) =>
  (await refusal(open(options).fingerprint())).problems

beforeEach(async () => {
  root = await emptyFolder()
})

describe("folder", () => {
  it("pairs images and masks by the case's name, whatever comes before and after it", async () => {
    await image("images/P1_a_0000.nii.gz")
    await image("images/P2_a_0000.nii")
    await mask("masks/mask of P1_a.nii")
    await mask("masks/mask of P2_a.nii.gz")
    const source = open({ imageName: "{case}_0000", maskName: "mask of {case}" })
    expect(await source.cases()).toEqual([
      { id: "P1_a", patient: "P1_a", group: null },
      { id: "P2_a", patient: "P2_a", group: null },
    ])
    expect(await source.remarks!()).toEqual(["Every one of the 2 cases counts as a patient of its own."])
  })

  it("cuts slices along the axis with the largest spacing", async () => {
    await image("images/a.nii.gz")
    await mask("masks/a.nii.gz")
    const volume = await open().read("a")
    expect(volume).toMatchObject({
      axis: 0,
      labels: [1],
      geometry: { shape: [3, 4, 2], spacingMm: [1, 1, 5] },
    })
    // The first slice has the voxels with x = 0: every second one.
    expect([...volume.expert.subarray(0, 12)]).toEqual([0, ...Array(11).fill(1)])
    const first = volume.image[0]!
    expect([...volume.image.subarray(0, 3)]).toEqual([first, first + 2, first + 4])
    expect((await open({ axis: "z" }).read("a")).geometry).toEqual(geometry)
  })

  it("finds the patient in the case's name, and a second annotator's masks", async () => {
    for (const name of ["P1_left", "P1_right", "P2_left"]) {
      await image(`images/${name}.nii`)
      await mask(`masks/${name}.nii`)
      await mask(`student/${name}.nii`, [2])
    }
    const source = open({ patient: "^(P\\d+)_", second: at("student") })
    expect((await source.cases()).map(({ patient }) => patient)).toEqual(["P1", "P1", "P2"])
    expect(await source.remarks!()).toEqual(["3 cases of 2 patients."])
    expect((await source.read("P2_left")).second).toHaveLength(24)
    const problems = await problemsOf({ patient: "^(Q\\d+)_", second: at("student") })
    expect(problems).toMatchObject([{ path: "load.source.patient", found: "P1_left, P1_right, P2_left" }])
  })

  it("reads PNG, whose distances are in pixels unless the spacing is given", async () => {
    await image("images/a.png")
    await mask("masks/a.png")
    expect(await open().remarks!()).toContain(
      "The images say no spacing: distances are in pixels, not in mm.",
    )
    expect((await open().read("a")).geometry).toEqual(flat)
    const spaced = open({ spacingMm: [0.5, 0.25] })
    expect(await spaced.remarks!()).toHaveLength(1)
    expect((await spaced.read("a")).geometry.spacingMm).toEqual([0.25, 0.5, 1])
  })

  it("passes over hidden files, and says once what else it passed over", async () => {
    await image("images/a.nii")
    await mask("images/a_mask.nii")
    await writeFile(at("images/.DS_Store"), "")
    await writeFile(at("images/notes.txt"), "")
    await mkdir(at("images/old"))
    const source = open({ masks: at("images"), maskName: "{case}_mask", imageName: "{case}" })
    expect((await refusal(source.fingerprint())).problems).toMatchObject([
      { message: "images have no mask", found: "a_mask" },
    ])
    await mkdir(at("scans"))
    await image("scans/a_t2.nii")
    await mask("scans/a_mask.nii")
    await writeFile(at("scans/notes.txt"), "")
    const shared = {
      images: at("scans"),
      masks: at("scans"),
      imageName: "{case}_t2",
      maskName: "{case}_mask",
    }
    expect(await open(shared).remarks!()).toContain(
      "Passed over beside the files of load.source.images: notes.txt.",
    )
  })

  it("lists everything that is missing, double or unreadable at once", async () => {
    for (const name of ["a.nii", "a.nii.gz", "b.nii", "Case.nii", "e\u0301.nii"])
      await image(`images/${name}`)
    for (const name of ["a.nii", "c.nii", "case.nii", "\u00e9.nii"]) await mask(`masks/${name}`)
    await writeFile(at("masks/d.NII.GZ"), "")
    await writeFile(at("masks/bell\u0007.txt"), "")
    const problems = await problemsOf({ second: at("student") })
    expect(problems.map(({ message }) => message)).toEqual([
      "two files are of the case a",
      "the folder holds images of a kind that losslab does not read",
      "the folder holds names with characters that cannot be shown",
      "there is no such folder",
      "images have no mask",
      "masks have no image",
    ])
    expect(problems.slice(-2)).toMatchObject([{ found: "b" }, { found: "c" }])
  })

  it("shows both sides when nothing pairs, and the pattern that would", async () => {
    for (const name of ["a", "b", "c", "d"]) {
      await image(`images/${name}.nii`)
      await mask(`masks/${name}_seg.nii`)
    }
    expect(await problemsOf()).toMatchObject([
      {
        message: "no image has a mask of its name",
        expected: "the names of images: a, b, c, ... (4 in all)",
        found: "a_seg, b_seg, c_seg, ... (4 in all)",
        fix: expect.stringMatching(/maskName .*"\{case\}_seg"$/),
      },
    ])
  })

  it("says of each folder that it is missing, empty, or without a name that fits", async () => {
    await mkdir(at("images"))
    expect(await problemsOf()).toMatchObject([
      { message: "the folder holds no files", file: at("images") },
      { message: "there is no such folder", file: at("masks") },
    ])
    await image("images/a.nii")
    await mask("masks/a.nii")
    expect(await problemsOf({ maskName: "{case}_mask" })).toMatchObject([
      {
        message: "no file of the folder has a name that fits",
        fix: expect.stringMatching(/load.source.maskName/),
      },
    ])
  })

  it("refuses a second annotator who is missing for some cases", async () => {
    for (const name of ["a", "b"]) {
      await image(`images/${name}.nii`)
      await mask(`masks/${name}.nii`)
    }
    await mask("student/b.nii")
    expect(await problemsOf({ second: at("student") })).toMatchObject([
      { message: "images have no mask", file: at("student"), path: "load.source.second", found: "a" },
    ])
  })

  it("refuses the same image for two patients, and allows it for one", async () => {
    await image("images/P1_a.nii")
    seed--
    await image("images/P1_b.nii")
    for (const name of ["P1_a", "P1_b"]) await mask(`masks/${name}.nii`)
    expect(await problemsOf()).toMatchObject([
      { message: "two patients have the same image", path: "case P1_b" },
    ])
    await expect(open({ patient: "^(P\\d)" }).fingerprint()).resolves.toMatch(/^[0-9a-f]{64}$/)
  })

  it("has a fingerprint of contents and of who is whose, not of places", async () => {
    await image("images/P1_a.nii")
    await mask("masks/P1_a.nii")
    const before = await open().fingerprint()
    expect(await open({ patient: "^(P1)" }).fingerprint()).not.toBe(before)
    await mask("elsewhere/P1_a.nii")
    expect(await open({ masks: at("elsewhere") }).fingerprint()).toBe(before)
    await mask("elsewhere/P1_a.nii", [0, 1])
    expect(await open({ masks: at("elsewhere") }).fingerprint()).not.toBe(before)
  })

  it("refuses a spacing for NIfTI, and images of which only some have one", async () => {
    await image("images/a.nii")
    await mask("masks/a.nii")
    expect(await problemsOf({ spacingMm: [1, 1] })).toMatchObject([
      { message: "a spacing is given, and no image is PNG", path: "load.source.spacingMm" },
    ])
    await image("images/b.png")
    await mask("masks/b.png")
    expect(await problemsOf()).toMatchObject([{ message: "some images have a spacing and others none" }])
  })

  it("reads the labels that are listed", async () => {
    await image("images/a.nii")
    await mask("masks/a.nii", [0, 1, 2, 3])
    const { problems } = await refusal(open().read("a"))
    expect(problems).toMatchObject([
      { path: "case a", fix: expect.stringMatching(/foreground: \[1, 2, 3\]/) },
    ])
    const { labels, expert } = await open({ foreground: [2, 3, 9], axis: "z" }).read("a")
    expect(labels).toEqual([2, 3])
    expect([...expert.subarray(0, 8)]).toEqual([0, 0, 1, 1, 0, 0, 1, 1])
  })
})
