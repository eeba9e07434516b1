import { mkdir } from "node:fs/promises"
import { dirname, join } from "node:path"
import { rootKey } from "../../tensor/randomKey.ts"
import type { Geometry } from "../dataset/dataset.ts"
import { writeNiftiFile } from "../nifti/writeNifti.ts"
import { testAnnotators, trainAnnotators } from "./annotator.ts"
import { type Grid, gridOf } from "./grid.ts"
import { fileOf, layout, rootName } from "./layout.ts"
import { type PhantomPatient, phantomPatient } from "./phantomPatient.ts"

/** How much of a phantom, and which. */
export interface PhantomOptions {
  /** Training patients, each with an expert's and a non-expert's masks. */
  readonly train: number
  /** Test patients, each with an expert's masks and those of three other annotators. */
  readonly test: number
  /** Mean number of slices per patient; each patient has this many give or take a quarter. */
  readonly slices: number
  /** Pixels down a slice, over 32.31 mm. */
  readonly rows: number
  /** Pixels across a slice, over 46.08 mm. */
  readonly columns: number
  /** Another seed gives other patients. */
  readonly seed: number
}

/** Pixels a quarter of the published 1372 x 962 each way, and fewer patients and slices than the published
 *  55 + 20 and about 39. */
export const phantomDefaults: PhantomOptions = {
  train: 20,
  test: 8,
  slices: 10,
  rows: 240,
  columns: 343,
  seed: 1,
}

/** The places of the sweep are written as if they were parallel slices this far apart. */
const sliceSpacingMm = 1

const geometryOf = ({ rows, columns, dxMm, dyMm }: Grid, slices: number): Geometry => ({
  shape: [columns, rows, slices],
  spacingMm: [dxMm, dyMm, sliceSpacingMm],
  affine: [
    [dxMm, 0, 0, 0],
    [0, dyMm, 0, 0],
    [0, 0, sliceSpacingMm, 0],
    [0, 0, 0, 1],
  ],
})

/** One patient of a phantom, by its number from 1; depends on nothing but the seed, the group and the number. */
export const patientOf = (
  options: PhantomOptions,
  group: "train" | "test",
  patient: number,
  withImage = true,
): PhantomPatient =>
  phantomPatient(rootKey(options.seed).child("phantom", group, patient), {
    grid: gridOf(options.rows, options.columns),
    meanSlices: options.slices,
    annotators: group === "train" ? trainAnnotators : testAnnotators,
    withImage,
  })

/** Writes a whole phantom in the published layout below `folder`; every voxel is an unsigned byte. */
export const writePhantom = async (folder: string, options: PhantomOptions): Promise<void> => {
  const root = join(folder, rootName)
  for (const group of ["train", "test"] as const) {
    for (const kind of Object.keys(layout[group]))
      await mkdir(dirname(fileOf(root, group, kind, 1)), { recursive: true })
    for (let patient = 1; patient <= options[group]; patient++) {
      const { slices, image, expert, drawn } = patientOf(options, group, patient)
      const geometry = geometryOf(gridOf(options.rows, options.columns), slices)
      for (const [kind, voxels] of Object.entries({ scan: image, expert, ...drawn }))
        await writeNiftiFile(fileOf(root, group, kind, patient), { geometry, datatype: "uint8", voxels })
    }
  }
}
