import { cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import { dirname, join, resolve } from "node:path"
import { describe, expect, it } from "vitest"
import { buildSource } from "../../src/config/catalog/sources.ts"
import { spacingAffine } from "../../src/data/nifti/orientation.ts"
import { writeNiftiFile } from "../../src/data/nifti/writeNifti.ts"
import { useFolder } from "../support/folder.ts"

const geometry = { shape: [2, 2, 2], spacingMm: [1, 1, 1], affine: spacingAffine([1, 1, 1]) } as const

// What was learnt of files lies below the current folder.
useFolder()

let made = 0
/** A file whose voxels no other has. */
const volume = async (path: string) => {
  await mkdir(dirname(path), { recursive: true })
  const voxels = Float32Array.from({ length: 8 }, (_, i) => 10 * ++made + i)
  await writeNiftiFile(path, { geometry, datatype: "float32", voxels })
}

/** What a source has beside its folders. */
const rest = {
  folder: {
    ...{ kind: "folder", imageName: "{case}", maskName: "{case}", secondName: "{case}", patient: null },
    ...{ foreground: null, axis: "z", channel: null, spacingMm: null, agreement: "geometry" },
  },
  nnunet: {
    ...{
      kind: "nnunet",
      foreground: ["prostate"],
      channel: null,
      patient: null,
      axis: "z",
      agreement: "geometry",
    },
  },
  microUltrasound: { kind: "microUltrasound", train: 1, test: 1, foreground: null, agreement: "geometry" },
}

/** A small dataset of each layout: its files, and its part when it lies in a folder. */
const layouts = {
  folder: {
    files: ["images", "masks", "second"].flatMap((folder) =>
      ["P1", "P2"].map((name) => `${folder}/${name}.nii`),
    ),
    part: (root: string) => ({
      ...rest.folder,
      ...{ images: join(root, "images"), masks: join(root, "masks"), second: join(root, "second") },
    }),
  },
  nnunet: {
    files: ["imagesTr/P1_0000.nii.gz", "labelsTr/P1.nii.gz", "imagesTs/P2_0000.nii.gz", "labelsTs/P2.nii.gz"],
    part: (root: string) => ({ ...rest.nnunet, folder: root }),
  },
  microUltrasound: {
    files: [
      ...["micro_ultrasound_scans", "expert_annotations", "non_expert_annotations"].map(
        (folder) => `train/${folder}/case_1.nii.gz`,
      ),
      ...["micro_ultrasound_scans", "expert_annotations", "master_student_annotations"].map(
        (folder) => `test/${folder}/case_2.nii.gz`,
      ),
      ...["medical_student_annotations", "clinician_annotations"].map(
        (folder) => `test/${folder}/case_2.nii.gz`,
      ),
    ],
    part: (root: string) => ({ ...rest.microUltrasound, folder: root }),
  },
}

const labels = { background: 0, prostate: 1, bladder: 2 }
const datasetJson = (more: object = {}) =>
  JSON.stringify({ channel_names: { "0": "T2" }, labels, numTraining: 1, file_ending: ".nii.gz", ...more })

const dataset = async (kind: keyof typeof layouts) => {
  const root = resolve("data")
  const { files, part } = layouts[kind]
  for (const file of files) await volume(join(root, file))
  if (kind === "nnunet") await writeFile(join(root, "dataset.json"), datasetJson())
  const fingerprint = (where = root) => buildSource(part(where)).value.fingerprint()
  return { root, files: files.map((file) => join(root, file)), fingerprint }
}

describe.each(["folder", "nnunet", "microUltrasound"] as const)("the fingerprint of a %s source", (kind) => {
  it("changes with any byte of any file, and back with it", async () => {
    const { files, fingerprint } = await dataset(kind)
    const before = await fingerprint()
    const seen = new Set([before])
    let changes = 0
    for (const file of files) {
      const bytes = await readFile(file)
      for (const at of [0, bytes.length >> 1, bytes.length - 1]) {
        const other = Uint8Array.from(bytes)
        other[at]! ^= 1
        await writeFile(file, other)
        seen.add(await fingerprint())
        changes++
      }
      await writeFile(file, bytes)
    }
    expect(seen.size).toBe(changes + 1)
    expect(await fingerprint()).toBe(before)
  })

  it("stays when the data are moved, copied or written again", async () => {
    const { root, files, fingerprint } = await dataset(kind)
    const before = await fingerprint()
    const copy = join(dirname(root), "elsewhere", "copy")
    await cp(root, copy, { recursive: true })
    expect(await fingerprint(copy)).toBe(before)
    const moved = join(dirname(root), "moved")
    await rename(root, moved)
    expect(await fingerprint(moved)).toBe(before)
    const first = files[0]!.replace(root, moved)
    await writeFile(first, await readFile(first))
    expect(await fingerprint(moved)).toBe(before)
  })

  it("changes when a file takes another's place", async () => {
    const { files, fingerprint } = await dataset(kind)
    const before = await fingerprint()
    const [one, other] = [files[1]!, files.at(-1)!]
    const aside = `${one}.aside`
    await rename(one, aside)
    await rename(other, one)
    await rename(aside, other)
    expect(await fingerprint()).not.toBe(before)
  })
})

describe("the fingerprint of a nnunet source", () => {
  it("changes with what dataset.json makes of the values of a mask, and not with what it says beside", async () => {
    const { root, fingerprint } = await dataset("nnunet")
    const before = await fingerprint()
    const withJson = async (more: object) => {
      await writeFile(join(root, "dataset.json"), datasetJson(more))
      return fingerprint()
    }
    expect(await withJson({ labels: { background: 0, bladder: 1, prostate: 2 } })).not.toBe(before)
    expect(await withJson({ labels: { ...labels, other: 3 } })).not.toBe(before)
    expect(await withJson({ description: "Words." })).toBe(before)
  })
})

describe("a source", () => {
  it("remembers what it learnt of files beside the store, below the current folder", async () => {
    for (const kind of ["folder", "nnunet", "microUltrasound"] as const) {
      const { files, fingerprint } = await dataset(kind)
      await fingerprint()
      const known = Object.keys(JSON.parse(await readFile(".losslab/digests.json", "utf8")) as object)
      expect(known.sort()).toEqual([...files].sort())
      await rm(".losslab", { recursive: true })
      await rm("data", { recursive: true })
    }
  })
})

describe("the fingerprint of the phantom", () => {
  it("changes with every option, and with nothing else", async () => {
    const options = { kind: "phantom", train: 2, test: 1, slices: 2, rows: 32, columns: 46, seed: 5 }
    const of = (changes: object = {}) => buildSource({ ...options, ...changes }).value.fingerprint()
    const all = [await of()]
    for (const option of ["train", "test", "slices", "rows", "columns", "seed"] as const)
      all.push(await of({ [option]: options[option] + 1 }))
    expect(new Set(all).size).toBe(7)
    expect(await of()).toBe(all[0])
  })
})
