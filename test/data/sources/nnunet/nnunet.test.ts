import { mkdir, rm, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { gzipSync } from "node:zlib"
import { beforeEach, describe, expect, it } from "vitest"
import { spacingAffine } from "../../../../src/data/nifti/orientation.ts"
import { writeNifti, writeNiftiFile } from "../../../../src/data/nifti/writeNifti.ts"
import { type NnunetOptions, nnunet } from "../../../../src/data/sources/nnunet/nnunet.ts"
import { emptyFolder, refusal } from "../../support/refusal.ts"

const geometry = { shape: [2, 2, 2], spacingMm: [1, 1, 1], affine: spacingAffine([1, 1, 1]) } as const

let folder: string
let made = 0
const at = (path: string) => join(folder, path)

const image = async (path: string) => {
  await mkdir(dirname(at(path)), { recursive: true })
  const voxels = Float32Array.from({ length: 8 }, (_, i) => ++made + i)
  await writeNiftiFile(at(path), { geometry, datatype: "float32", voxels })
}

/** Two channels in one file: the first counts up from 0, the second from 100. */
const decathlonImage = async (path: string) => {
  await mkdir(dirname(at(path)), { recursive: true })
  const channel = (first: number) =>
    writeNifti({ geometry, datatype: "int16", voxels: Int16Array.from({ length: 8 }, (_, i) => first + i) })
  const bytes = new Uint8Array([...channel(++made), ...channel(100 + made).subarray(352)])
  const view = new DataView(bytes.buffer)
  view.setInt16(40, 4, true)
  view.setInt16(48, 2, true)
  await writeFile(at(path), gzipSync(bytes))
}

const label = async (path: string, voxels = Uint8Array.of(0, 1, 2, 0, 1, 1, 2, 0)) => {
  await mkdir(dirname(at(path)), { recursive: true })
  await writeNiftiFile(at(path), { geometry, datatype: "uint8", voxels })
}

const json = (content: object | string) =>
  writeFile(at("dataset.json"), typeof content === "string" ? content : JSON.stringify(content))

const open = (options: Partial<NnunetOptions> = {}) =>
  nnunet({
    folder,
    foreground: ["TZ"],
    channel: null,
    patient: null,
    axis: "largest-spacing",
    agreement: "geometry",
    ...options,
  })

const problemsOf = async (options: Partial<NnunetOptions> = {}) =>
  (await refusal(open(options).fingerprint())).problems

const decathlon = {
  modality: { "0": "T2", "1": "ADC" },
  labels: { "0": "background", "1": "PZ", "2": "TZ" },
  numTraining: 2,
  training: ["prostate_00", "prostate_01"].map((name) => ({
    image: `./imagesTr/${name}.nii.gz`,
    label: `./labelsTr/${name}.nii.gz`,
  })),
  test: ["./imagesTs/prostate_03.nii.gz"],
}

const version2 = {
  channel_names: { "0": "T2", "1": "ADC" },
  labels: { background: 0, PZ: 1, TZ: 2, whole: [1, 2] },
  numTraining: 2,
  file_ending: ".nii.gz",
}

beforeEach(async () => {
  folder = await emptyFolder()
})

describe("nnunet with the Medical Segmentation Decathlon", () => {
  beforeEach(async () => {
    await json(decathlon)
    for (const name of ["prostate_00", "prostate_01"]) {
      await decathlonImage(`imagesTr/${name}.nii.gz`)
      await label(`labelsTr/${name}.nii.gz`)
    }
    await decathlonImage("imagesTs/prostate_03.nii.gz")
    await writeFile(at("labelsTr/._prostate_00.nii.gz"), "")
  })

  it("reads a channel of the 4-D images, and labels by name or value", async () => {
    const source = open({ channel: 1 })
    expect(await source.cases()).toEqual(
      ["prostate_00", "prostate_01"].map((id) => ({ id, patient: id, group: null })),
    )
    const volume = await source.read("prostate_00")
    expect(volume.image[0]).toBeGreaterThan(100)
    expect([...volume.expert]).toEqual([0, 0, 1, 0, 0, 0, 1, 0])
    const both = await open({ channel: 0, foreground: [1, "TZ"] }).read("prostate_00")
    expect([...both.expert]).toEqual([0, 1, 1, 0, 1, 1, 1, 0])
    expect(both.labels).toEqual([1, 2])
    expect(await source.remarks!()).toContain("imagesTs is not used: it has no labelsTs.")
  })

  it("names the option where no channel is chosen", async () => {
    const { problems } = await refusal(open().read("prostate_00"))
    expect(problems[0]!.fix).toMatch(/load\.source\.channel/)
  })

  it("tests with imagesTs where it has labels", async () => {
    await label("labelsTs/prostate_03.nii.gz")
    expect((await open({ channel: 0 }).cases()).map(({ group }) => group)).toEqual(["train", "train", "test"])
  })

  it("lists every contradiction between dataset.json and the files at once", async () => {
    await rm(at("imagesTr/prostate_00.nii.gz"))
    await decathlonImage("imagesTr/prostate_05.nii.gz")
    await label("labelsTr/prostate_05.nii.gz")
    const outside = { image: "../imagesTr/prostate_00.nii.gz", label: "/etc/passwd" }
    await json({ ...decathlon, training: [...decathlon.training, outside] })
    expect(await problemsOf({ channel: 0 })).toMatchObject([
      { message: "masks have no image", found: "prostate_00" },
      {
        message: "numTraining is not the number of labels",
        file: at("dataset.json"),
        path: "numTraining",
        expected: "3, as in labelsTr",
        found: "2",
        fix: "correct it, or complete the files",
      },
      {
        message: "a listed file is missing",
        path: "training.0.image",
        found: "./imagesTr/prostate_00.nii.gz",
      },
      { message: "the path leads out of the folder", path: "training.2.image", found: outside.image },
      { message: "the path leads out of the folder", path: "training.2.label", found: "/etc/passwd" },
      {
        message: "files are there that dataset.json does not list",
        file: at("dataset.json"),
        path: "training",
        found: "imagesTr/prostate_05.nii.gz, labelsTr/prostate_05.nii.gz",
        fix: "list them, or take them away",
      },
    ])
  })
})

describe("nnunet with nnU-Net's raw layout", () => {
  beforeEach(async () => {
    await json(version2)
    for (const name of ["a_0001", "b"]) {
      for (const channel of ["0000", "0001"]) await image(`imagesTr/${name}_${channel}.nii.gz`)
      await label(`labelsTr/${name}.nii.gz`)
    }
  })

  it("takes the files of the chosen channel, and the values of a region", async () => {
    const source = open({ channel: 1, foreground: ["whole"] })
    expect((await source.cases()).map(({ id }) => id)).toEqual(["a_0001", "b"])
    expect((await source.read("b")).labels).toEqual([1, 2])
    expect(await source.fingerprint()).not.toBe(
      await open({ channel: 0, foreground: ["whole"] }).fingerprint(),
    )
  })

  it("asks for a channel where there are several, and refuses one that is not there", async () => {
    const words = { file: folder, path: "load.source.channel", expected: "one of the channels 0 T2, 1 ADC" }
    expect(await problemsOf()).toEqual([
      {
        ...words,
        message: "the images have several channels, and none is chosen",
        fix: "losslab trains with one: set load.source.channel: 0",
      },
    ])
    expect(await problemsOf({ channel: 2 })).toEqual([{ ...words, message: "there is no channel 2" }])
    await json({ ...version2, channel_names: { "1": "ADC" } })
    expect(await problemsOf()).toMatchObject([{ expected: "one of the channels 0, 1 ADC" }])
  })

  it("takes test images of the same channel, and says how files must be named when none fits", async () => {
    await image("imagesTs/t_0001.nii.gz")
    await label("labelsTs/t.nii.gz")
    const source = open({ channel: 1 })
    expect(await source.cases()).toEqual([
      { id: "a_0001", patient: "a_0001", group: "train" },
      { id: "b", patient: "b", group: "train" },
      { id: "t", patient: "t", group: "test" },
    ])
    expect((await source.read("t")).axis).toBe(2)
    expect(await source.remarks!()).toEqual(["Every one of the 3 cases counts as a patient of its own."])
    expect(await problemsOf({ channel: 0 })).toMatchObject([
      {
        message: "no file of the folder has a name that fits",
        file: at("imagesTs"),
        path: "imagesTs",
        fix: "name files as nnU-Net does: imagesTr/a_0000.nii.gz, labelsTr/a.nii.gz",
      },
    ])
  })

  it("finds patients by the expression, and passes its other options on", async () => {
    const source = open({ channel: 0, patient: "^(.)", axis: "x", foreground: ["PZ"] })
    expect((await source.cases()).map(({ patient }) => patient)).toEqual(["a", "b"])
    expect(await source.remarks!()).toEqual(["2 cases of 2 patients."])
    expect(await source.read("b")).toMatchObject({ axis: 0, labels: [1] })
    expect(source.description).toBe(
      `dataset in the layout of nnU-Net or the Medical Segmentation Decathlon, in ${folder}`,
    )
    // The mask is moved by 5 mm.
    const affine = spacingAffine([1, 1, 1]).with(0, [1, 0, 0, 5])
    const voxels = Uint8Array.of(0, 1, 2, 0, 1, 1, 2, 0)
    await writeNiftiFile(at("labelsTr/b.nii.gz"), {
      geometry: { ...geometry, affine },
      datatype: "uint8",
      voxels,
    })
    expect((await refusal(source.read("b"))).problems).toMatchObject([
      { message: "mask and image differ in affine" },
    ])
    expect((await open({ channel: 0, agreement: "shape" }).read("b")).id).toBe("b")
  })

  it("needs no channel where there is one, as version 1 lists it", async () => {
    for (const name of ["a_0001", "b"]) await rm(at(`imagesTr/${name}_0001.nii.gz`))
    const training = ["a_0001", "b"].map((name) => ({
      image: `./imagesTr/${name}.nii.gz`,
      label: `./labelsTr/${name}.nii.gz`,
    }))
    await json({ labels: decathlon.labels, training })
    expect(await open().cases()).toHaveLength(2)
    // Listed with the number of its channel is as good, and the wrong number is not.
    const entry = (image: string) => ({ image: `imagesTr/${image}.nii.gz`, label: "labelsTr/b.nii.gz" })
    await json({ labels: decathlon.labels, training: [training[0]!, entry("b_0000")] })
    expect(await open().cases()).toHaveLength(2)
    await json({ labels: decathlon.labels, training: [training[0]!, entry("b_0002")] })
    expect(await problemsOf()).toMatchObject([
      { message: "a listed file is missing", path: "training.1.image", found: "imagesTr/b_0002.nii.gz" },
      { message: "files are there that dataset.json does not list", found: "imagesTr/b_0000.nii.gz" },
    ])
  })

  it("refuses a mask with a label that dataset.json does not have", async () => {
    await label("labelsTr/b.nii.gz", Uint8Array.of(0, 1, 2, 3, 3, 1, 2, 0))
    const source = open({ channel: 0 })
    expect((await source.read("a_0001")).labels).toEqual([2])
    expect((await refusal(source.read("b"))).problems).toMatchObject([
      {
        message: "the mask holds a label that dataset.json does not have",
        file: at("labelsTr/b.nii.gz"),
        path: "case b",
        found: "3 (2 voxels)",
      },
    ])
  })

  it("takes the only label, and asks where there are several", async () => {
    expect(await problemsOf({ channel: 0, foreground: null })).toMatchObject([
      {
        message: "dataset.json has several labels, and none is chosen",
        expected: "some of the labels of dataset.json: PZ (1), TZ (2), whole (1, 2)",
        fix: "say which are inside, for instance load.source.foreground: [PZ, TZ, whole]",
      },
    ])
    expect(await problemsOf({ channel: 0, foreground: ["PZ", "ZT", 7] })).toEqual([
      {
        message: "dataset.json does not have the label",
        file: at("dataset.json"),
        path: "load.source.foreground",
        expected: "some of the labels of dataset.json: PZ (1), TZ (2), whole (1, 2)",
        found: "ZT, 7",
        fix: "choose labels that are there",
      },
    ])
    expect(await open({ channel: 0, foreground: ["whole", 2, "PZ"] }).foreground!()).toEqual([1, 2])
    await json({ ...version2, labels: { background: 0, prostate: 2 } })
    expect(await open({ channel: 0, foreground: null }).foreground!()).toEqual([2])
  })
})
