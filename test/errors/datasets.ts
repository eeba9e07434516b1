import { gzipSync } from "node:zlib"
import type { Geometry } from "../../src/data/dataset/dataset.ts"
import { spacingAffine } from "../../src/data/nifti/orientation.ts"
import { writeNifti } from "../../src/data/nifti/writeNifti.ts"
import { phantom } from "../support/experimentFiles.ts"
import { but } from "./experimentFiles.ts"
import { firstCell } from "./firstCell.ts"
import type { Scenario, Subject } from "./scenario.ts"

type Files = Readonly<Record<string, Uint8Array>>

const volume = (voxels: Uint8Array, geometry: Partial<Geometry> = {}): Uint8Array =>
  writeNifti(
    {
      geometry: { shape: [3, 2, 2], spacingMm: [1, 1, 1], affine: spacingAffine([1, 1, 1]), ...geometry },
      datatype: "uint8",
      voxels,
    },
    { gzip: true },
  )
const counted = (first: number): Uint8Array => Uint8Array.from({ length: 12 }, (_, i) => first + i)
const striped = Uint8Array.from({ length: 12 }, (_, i) => i % 2)

const scan1 = "data/train/micro_ultrasound_scans/microUS_train_01.nii.gz"
const scan2 = "data/train/micro_ultrasound_scans/microUS_train_02.nii.gz"
const expert1 = "data/train/expert_annotations/expert_train_01.nii.gz"
const expert2 = "data/train/expert_annotations/expert_train_02.nii.gz"

/** Two training patients and one test patient in the published layout. */
const sound: Files = {
  [scan1]: volume(counted(0)),
  [scan2]: volume(counted(20)),
  [expert1]: volume(striped),
  [expert2]: volume(striped),
  "data/train/non_expert_annotations/student_train_01.nii.gz": volume(striped),
  "data/train/non_expert_annotations/student_train_02.nii.gz": volume(striped),
  "data/test/micro_ultrasound_scans/microUS_test_01.nii.gz": volume(counted(40)),
  "data/test/expert_annotations/expert_test_01.nii.gz": volume(striped),
  "data/test/master_student_annotations/master_test_01.nii.gz": volume(striped),
  "data/test/medical_student_annotations/medical_test_01.nii.gz": volume(striped),
  "data/test/clinician_annotations/clinician_test_01.nii.gz": volume(striped),
}

const without = (...names: readonly string[]): Files =>
  Object.fromEntries(Object.entries(sound).filter(([name]) => !names.includes(name)))

const unsound = (title: string, files: Scenario["files"], source = ""): Scenario => ({
  title,
  command: "losslab run real.yaml",
  kind: "data",
  files: {
    "real.yaml": but(phantom, `{ kind: microUltrasound, folder: data, train: 2, test: 1${source} }`),
    ...files,
  },
  run: firstCell("real.yaml", "data"),
})

export const datasets: Subject = {
  title: "Datasets",
  scenarios: [
    unsound("Data that are absent", {}),
    unsound("A folder that holds something else", { "data/notes.txt": "notes" }),
    unsound("A folder of the data that is missing", without(expert1, expert2)),
    unsound("A mask that is missing", without(expert2)),
    unsound("A scan that is missing", without(scan2)),
    unsound("Files that are no volumes", {
      ...without(scan1, scan2),
      [scan1.replace(".nii.gz", ".dcm")]: "DICM",
    }),
    unsound("A file without a patient's number", {
      ...sound,
      "data/train/expert_annotations/expert.nii.gz": volume(striped),
    }),
    unsound("Two files for one patient", {
      ...sound,
      "data/train/expert_annotations/other_train_01.nii.gz": volume(striped),
    }),
    unsound("A patient in two splits", {
      ...without("data/test/micro_ultrasound_scans/microUS_test_01.nii.gz"),
      "data/test/micro_ultrasound_scans/microUS_train_01.nii.gz": volume(counted(40)),
    }),
    unsound("One image of two patients", { ...sound, [scan2]: volume(counted(0)) }),
    unsound("An image without contrast", { ...sound, [scan1]: volume(new Uint8Array(12)) }),
    unsound("A mask of 0 and 255", { ...sound, [expert1]: volume(striped.map((value) => value * 255)) }),
    unsound("A mask of several labels", {
      ...sound,
      [expert1]: volume(counted(0).map((value) => value % 3)),
    }),
    unsound("A mask of another shape", { ...sound, [expert1]: volume(striped, { shape: [2, 3, 2] }) }),
    unsound("A mask on another grid", {
      ...sound,
      [expert1]: volume(striped, { spacingMm: [2, 1, 1], affine: spacingAffine([2, 1, 1]) }),
    }),
    unsound("Training masks with nothing inside", {
      ...sound,
      [expert1]: volume(new Uint8Array(12)),
      [expert2]: volume(new Uint8Array(12)),
    }),
    unsound("A label that dataset.json does not have", {
      "real.yaml": but(phantom, "{ kind: nnunet, folder: data }"),
      "data/dataset.json": '{ "labels": { "background": 0, "prostate": 1 }, "numTraining": 2 }',
      "data/imagesTr/a.nii.gz": volume(counted(0)),
      "data/imagesTr/b.nii.gz": volume(counted(20)),
      "data/imagesTs/c.nii.gz": volume(counted(40)),
      "data/labelsTr/a.nii.gz": volume(striped),
      "data/labelsTr/b.nii.gz": volume(striped.map((value, i) => (i < 4 ? 3 * value : value))),
      "data/labelsTs/c.nii.gz": volume(striped),
    }),
    unsound("Faults of several patients", {
      ...sound,
      [scan1]: gzipSync(Buffer.from("hello")),
      [expert2]: volume(striped.map((value) => value * 7)),
    }),
  ],
}
