import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { beforeEach, describe, expect, it } from "vitest"
import { spacingAffine } from "../../../src/data/nifti/orientation.ts"
import { writeNiftiFile } from "../../../src/data/nifti/writeNifti.ts"
import { microUltrasound } from "../../../src/data/sources/microUltrasound.ts"
import { emptyFolder, refusal } from "../support/refusal.ts"

/** [folder, file name up to the number] as published, or where that is not known, as likely. */
const layout: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  train: [
    ["micro_ultrasound_scans", "microUS_train"],
    ["expert_annotations", "expert_annotation_train"],
    ["non_expert_annotations", "nonexpert_annotation_train"],
  ],
  test: [
    ["micro_ultrasound_scans", "microUS_test"],
    ["expert_annotations", "expert_annotation_test"],
    ["master_student_annotations", "MS"],
    ["medical_student_annotations", "medstudent"],
    ["clinician_annotations", "clinician_test"],
  ],
}

const geometry = { shape: [3, 2, 2], spacingMm: [1, 1, 1], affine: spacingAffine([1, 1, 1]) } as const

let folder: string
const at = (path: string) => join(folder, path)
const scan1 = "train/micro_ultrasound_scans/microUS_train_01.nii.gz"
const expert1 = "train/expert_annotations/expert_annotation_train_01.nii.gz"

/** Two training patients and one test patient. */
beforeEach(async () => {
  folder = await emptyFolder()
  let seed = 0
  for (const [group, kinds] of Object.entries(layout))
    for (const [name, prefix] of kinds)
      for (let patient = 1; patient <= (group === "train" ? 2 : 1); patient++) {
        const isScan = name === "micro_ultrasound_scans"
        const first = seed++
        const voxels = Uint8Array.from({ length: 12 }, (_, i) => (isScan ? first * 20 + i : (i + first) % 2))
        const file = at(`${group}/${name}/${prefix}_0${patient}.nii.gz`)
        await mkdir(dirname(file), { recursive: true })
        await writeNiftiFile(file, { geometry, datatype: "uint8", voxels })
      }
})

const open = () => microUltrasound({ folder, expect: { train: 2, test: 1 } })

/** Replaces a file by one with these voxels, perhaps on another grid. */
const replace = (path: string, voxels: Uint8Array, grid: object = {}) =>
  writeNiftiFile(at(path), { geometry: { ...geometry, ...grid }, datatype: "uint8", voxels })

describe("microUltrasound", () => {
  it("matches the files of a patient by the number at the end, whatever the prefix", async () => {
    expect(await open().cases()).toEqual([
      { id: "microUS_train_01", patient: "microUS_train_01", group: "train" },
      { id: "microUS_train_02", patient: "microUS_train_02", group: "train" },
      { id: "microUS_test_01", patient: "microUS_test_01", group: "test" },
    ])
    const train = await open().read("microUS_train_02")
    // Files were numbered as they were made: the training scans 0 and 1, their experts 2 and 3, the others 4 and 5.
    expect(train.image[0]).toBe(20)
    expect([train.expert[0], train.second![0], train.axis]).toEqual([1, 1, 2])
    expect((await open().read("microUS_train_01")).expert[0]).toBe(0)
    expect(train.second).toHaveLength(12)
    expect(train.annotators).toEqual({})
    const test = await open().read("microUS_test_01")
    expect(test.second).toBeUndefined()
    expect(Object.keys(test.annotators)).toEqual(["master student", "medical student", "clinician"])
  })

  it("finds the published folder inside the one it was unpacked into", async () => {
    const outside = await emptyFolder()
    await rename(folder, join(outside, "Micro_Ultrasound_Prostate_Segmentation_Dataset"))
    folder = outside
    expect(await open().cases()).toHaveLength(3)
  })

  it("takes a folder for the published one that has one of its two folders", async () => {
    for (const group of ["train", "test"]) {
      const { problems } = await (async () => {
        folder = await emptyFolder()
        await mkdir(at(group))
        return refusal(open().fingerprint())
      })()
      expect(problems.map(({ message }) => message)).not.toContain(
        "the folder does not hold the micro-ultrasound data",
      )
    }
  })

  it("says where the data are published when the folder is absent", async () => {
    const { kind, problems } = await refusal(microUltrasound({ folder: at("nowhere") }).fingerprint())
    expect(kind).toBe("data")
    expect(problems[0]!.file).toBe(at("nowhere"))
    expect(problems[0]!.fix).toMatch(/Zenodo, record 10475293/)
  })

  it("lists everything missing, double or too many at once", async () => {
    await rm(at(expert1))
    await rename(
      at("train/non_expert_annotations/nonexpert_annotation_train_02.nii.gz"),
      at("train/non_expert_annotations/nonexpert_annotation_train_3.nii.gz"),
    )
    await writeFile(at("train/non_expert_annotations/again_003.nii.gz"), "")
    await writeFile(at("train/micro_ultrasound_scans/unnumbered.nii.gz"), "")
    await writeFile(at("train/micro_ultrasound_scans/.DS_Store"), "")
    await rm(at("test/clinician_annotations"), { recursive: true })
    const { problems } = await refusal(
      microUltrasound({ folder, expect: { train: 2, test: 3 } }).fingerprint(),
    )
    expect(problems.map(({ message }) => message)).toEqual([
      "the file's name does not end in a patient's number",
      "patient 3 has two files",
      "expert_annotations has no file for patient 1",
      "non_expert_annotations has no file for patient 2",
      "non_expert_annotations has files without an image for patient 3",
      "there is no such folder",
      "the number of test patients is not the one expected",
    ])
  })

  it("says of every problem which file or folder it is, what was meant and what to do", async () => {
    await writeFile(at("train/expert_annotations/again_1.nii"), "")
    await writeFile(at("train/micro_ultrasound_scans/unnumbered.nii"), "")
    await rm(at("train/non_expert_annotations/nonexpert_annotation_train_02.nii.gz"))
    await rm(at("test/clinician_annotations"), { recursive: true })
    await mkdir(at("test/clinician_annotations"))
    const unpack = "unpack the published archive again"
    const { problems } = await refusal(
      microUltrasound({ folder, expect: { train: 3, test: 1 } }).fingerprint(),
    )
    expect(problems).toEqual([
      {
        message: "the file's name does not end in a patient's number",
        file: at("train/micro_ultrasound_scans/unnumbered.nii"),
        expected: "a name such as scan_07.nii.gz",
      },
      {
        message: "patient 1 has two files",
        file: at(expert1),
        found: `also ${at("train/expert_annotations/again_1.nii")}`,
        fix: "keep one of the two",
      },
      {
        message: "the number of training patients is not the one expected",
        file: at("train/micro_ultrasound_scans"),
        expected: "3",
        found: "2",
        fix: `${unpack}; if you mean to use fewer or more patients, set load.source.train`,
      },
      {
        message: "non_expert_annotations has no file for patient 2",
        file: at("train/non_expert_annotations"),
        expected: "one file for each image, with the image's number at the end of its name",
        fix: "add the missing files, or remove what does not belong there",
      },
      { message: "the folder is empty", file: at("test/clinician_annotations"), fix: unpack },
    ])
  })

  it("refuses a training and a test patient of one name, whatever their capitals", async () => {
    const scans = "test/micro_ultrasound_scans"
    await rename(at(`${scans}/microUS_test_01.nii.gz`), at(`${scans}/MicroUS_Train_01.nii.gz`))
    expect((await refusal(open().cases())).problems).toEqual([
      {
        message: "a training and a test patient are both called MicroUS_Train_01",
        file: at(`${scans}/MicroUS_Train_01.nii.gz`),
        found: `also ${at(scan1)}`,
        fix: "rename one, or remove it if it is the same patient",
      },
    ])
  })

  it("lists patients by their numbers, and expects the published 55 and 20 unless told otherwise", async () => {
    for (const [name, prefix] of layout.train!)
      await rename(at(`train/${name}/${prefix}_01.nii.gz`), at(`train/${name}/${prefix}_10.nii.gz`))
    expect((await open().cases()).map(({ id }) => id)).toEqual([
      "microUS_train_02",
      "microUS_train_10",
      "microUS_test_01",
    ])
    const { problems } = await refusal(microUltrasound({ folder }).cases())
    expect(problems.map(({ expected, found }) => [expected, found])).toEqual([
      ["55", "2"],
      ["20", "1"],
    ])
  })

  it("says of a folder without a NIfTI file what it holds instead", async () => {
    const experts = "train/expert_annotations"
    for (const patient of ["01", "02"]) {
      const name = `${experts}/expert_annotation_train_${patient}`
      await rename(at(`${name}.nii.gz`), at(`${name}.NII.GZ`))
      await writeFile(at(`${name}.nrrd`), "")
    }
    await writeFile(at(`${experts}/.DS_Store`), "")
    const { problems } = await refusal(open().fingerprint())
    expect(problems).toMatchObject([
      {
        message: "the folder holds no .nii or .nii.gz file",
        file: at(experts),
        found: ".DS_Store, expert_annotation_train_01.NII.GZ, expert_annotation_train_01.nrrd, ...",
        fix: "unpack the published archive again; a name must end in .nii or .nii.gz, in small letters",
      },
    ])
  })

  it("names all patients without a file", async () => {
    await rm(at("train/non_expert_annotations/nonexpert_annotation_train_01.nii.gz"))
    await rename(
      at("train/non_expert_annotations/nonexpert_annotation_train_02.nii.gz"),
      at("train/non_expert_annotations/nonexpert_annotation_train_4.nii.gz"),
    )
    const { problems } = await refusal(open().fingerprint())
    expect(problems.map(({ message }) => message)).toEqual([
      "non_expert_annotations has no file for patients 1, 2",
      "non_expert_annotations has files without an image for patient 4",
    ])
  })

  it("refuses the same image under two names", async () => {
    await writeFile(at("test/micro_ultrasound_scans/microUS_test_01.nii.gz"), await readFile(at(scan1)))
    const { problems } = await refusal(open().fingerprint())
    expect(problems[0]!.message).toBe("two patients have the same image")
  })

  it("has a fingerprint of the content, not of the place", async () => {
    const before = await open().fingerprint()
    const moved = await emptyFolder()
    await rename(folder, join(moved, "elsewhere"))
    folder = join(moved, "elsewhere")
    expect(await open().fingerprint()).toBe(before)
    await replace(expert1, Uint8Array.of(1, ...Array(11).fill(0)))
    expect(await open().fingerprint()).not.toBe(before)
  })

  it("remembers digests, and notices a file that has changed since", async () => {
    const digestCache = join(await emptyFolder(), "cache", "digests.json")
    const remembering = () => microUltrasound({ folder, expect: { train: 2, test: 1 }, digestCache })
    const before = await remembering().fingerprint()
    expect(Object.keys(JSON.parse(await readFile(digestCache, "utf8")))).toHaveLength(11)
    expect(await remembering().fingerprint()).toBe(before)
    await replace(expert1, Uint8Array.of(1, ...Array(11).fill(0)))
    expect(await remembering().fingerprint()).not.toBe(before)
    await writeFile(digestCache, "{ damaged")
    expect(await remembering().fingerprint()).toBe(await open().fingerprint())
  })

  it("reports every problem of a patient's files, naming the case", async () => {
    await replace(scan1, new Uint8Array(12).fill(7))
    await replace(expert1, Uint8Array.of(2, 2, 1, ...Array(9).fill(0)))
    await replace("train/non_expert_annotations/nonexpert_annotation_train_01.nii.gz", new Uint8Array(12), {
      affine: spacingAffine([-1, 1, 1]),
    })
    const { problems } = await refusal(open().read("microUS_train_01"))
    expect(problems).toMatchObject([
      {
        message: "the image is the same everywhere",
        path: "case microUS_train_01",
        found: "every voxel is 7",
      },
      {
        message: "the mask holds more than 0 and one other value",
        found: "0 (9 voxels), 1 (1 voxel), 2 (2 voxels)",
      },
      { message: "mask and image differ in affine" },
    ])
    expect(problems[1]!.fix).toMatch(/foreground: \[1, 2\]/)
    expect(problems[2]!.expected).toMatch(/affine \[\[1,0,0,0\]/)
    expect(problems[2]!.found).toMatch(/affine \[\[-1,0,0,0\]/)
  })

  it("compares shape and spacing too, or the shape alone when told to", async () => {
    const coarse = { spacingMm: [1, 1, 2], affine: spacingAffine([1, 1, 2]) }
    await replace(expert1, new Uint8Array(12), coarse)
    const { problems } = await refusal(open().read("microUS_train_01"))
    expect(problems[0]!.message).toBe("mask and image differ in spacing, affine")
    const lenient = microUltrasound({ folder, expect: { train: 2, test: 1 }, agreement: "shape" })
    expect((await lenient.read("microUS_train_01")).geometry.spacingMm).toEqual([1, 1, 1])
    await replace(expert1, new Uint8Array(6), { ...coarse, shape: [3, 2, 1] })
    expect((await refusal(lenient.read("microUS_train_01"))).problems[0]!.message).toBe(
      "mask and image differ in shape",
    )
  })

  it("passes on what is wrong inside a file, with the case", async () => {
    await writeFile(at(expert1), (await readFile(at(expert1))).subarray(0, 40))
    const { problems } = await refusal(open().read("microUS_train_01"))
    expect(problems).toMatchObject([{ file: at(expert1), path: "case microUS_train_01, header" }])
  })
})
