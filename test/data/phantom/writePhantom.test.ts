import { createHash } from "node:crypto"
import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { readNifti } from "../../../src/data/nifti/readNifti.ts"
import { patientOf, phantomDefaults, writePhantom } from "../../../src/data/phantom/writePhantom.ts"
import { temporaryFolder } from "../../support/temporaryFolder.ts"

const options = { ...phantomDefaults, train: 2, test: 1, slices: 4, rows: 24, columns: 34 }
const files = async (folder: string) =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((item) => item.isFile())
    .map((item) => join(item.parentPath, item.name).slice(folder.length + 1))
    .sort()

describe("writePhantom", () => {
  it("writes the published layout", async () => {
    const folder = await temporaryFolder()
    await writePhantom(folder, options)
    expect(await files(folder)).toEqual(
      [
        "test/clinician_annotations/clinician_annotation_test_01",
        "test/expert_annotations/expert_annotation_test_01",
        "test/master_student_annotations/master_student_annotation_test_01",
        "test/medical_student_annotations/medical_student_annotation_test_01",
        "test/micro_ultrasound_scans/microUS_test_01",
        "train/expert_annotations/expert_annotation_train_01",
        "train/expert_annotations/expert_annotation_train_02",
        "train/micro_ultrasound_scans/microUS_train_01",
        "train/micro_ultrasound_scans/microUS_train_02",
        "train/non_expert_annotations/nonexpert_annotation_train_01",
        "train/non_expert_annotations/nonexpert_annotation_train_02",
      ].map((name) => `Micro_Ultrasound_Prostate_Segmentation_Dataset/${name}.nii.gz`),
    )
  })

  it("writes volumes over the real field of view, columns fastest", async () => {
    const folder = await temporaryFolder()
    await writePhantom(folder, options)
    const root = join(folder, "Micro_Ultrasound_Prostate_Segmentation_Dataset")
    const scan = await readNifti(join(root, "train", "micro_ultrasound_scans", "microUS_train_02.nii.gz"))
    const expert = await readNifti(
      join(root, "train", "expert_annotations", "expert_annotation_train_02.nii.gz"),
    )
    const patient = patientOf(options, "train", 2)
    expect(scan.shape).toEqual([34, 24, patient.slices])
    expect(scan.geometry).toEqual(expert.geometry)
    expect(scan.geometry.spacingMm[0] * 34).toBeCloseTo(46.08, 3)
    expect(scan.geometry.spacingMm[1] * 24).toBeCloseTo(32.31, 3)
    const [dx, dy] = [Math.fround(46.08 / 34), Math.fround(32.31 / 24)]
    expect(scan.geometry.spacingMm).toEqual([dx, dy, 1])
    expect(scan.geometry.affine).toEqual([
      [dx, 0, 0, 0],
      [0, dy, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ])
    expect(scan.datatype).toBe("uint8")
    expect(scan.voxels).toEqual(patient.image)
    expect(expert.voxels).toEqual(patient.expert)
  })

  it("gives unless told otherwise a quarter of the published pixels each way", () => {
    expect(phantomDefaults).toEqual({ train: 20, test: 8, slices: 10, rows: 240, columns: 343, seed: 1 })
  })

  it("writes the same bytes every time", async () => {
    const digests = async () => {
      const folder = await temporaryFolder()
      await writePhantom(folder, options)
      return Promise.all(
        (await files(folder)).map(async (file) =>
          createHash("sha256")
            .update(await readFile(join(folder, file)))
            .digest("hex"),
        ),
      )
    }
    expect(await digests()).toEqual(await digests())
  })
})
