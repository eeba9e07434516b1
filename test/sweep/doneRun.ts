import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { Dataset } from "../../src/data/dataset/dataset.ts"
import { unpackMask } from "../../src/data/dataset/packedMask.ts"
import { writeNiftiFile } from "../../src/data/nifti/writeNifti.ts"
import { byMetric, type SliceScore } from "../../src/metrics/scores.ts"
import { openStore } from "../../src/pipeline/store.ts"
import { datasetFormat, referencesFormat } from "../../src/pipeline/storedFormats.ts"
import type { ReferenceRow } from "../../src/stages/reportInput.ts"
import type { CellResult } from "../../src/sweep/cellFiles.ts"
import { scoresOf } from "../support/reportInput.ts"
import { fillCellFolder, smallResult } from "./cellFolder.ts"

/** Puts a dataset and the reference rows of it into a store, under the keys that plannedCell gives them. */
export const storeDataset = async (
  store: string,
  data: string,
  dataset: Dataset,
  references: readonly ReferenceRow[],
): Promise<void> => {
  const { publish } = openStore(store, () => undefined)
  await publish("load", data, (folder) => datasetFormat.write(folder, dataset))
  await publish("references", `${data} references`, (folder) => referencesFormat.write(folder, references))
}

/** A score of each test slice: Dice as given, slice by slice. */
export const resultOn = ({ test }: Dataset, dice: readonly (number | null)[]): CellResult => ({
  ...smallResult,
  scores: scoresOf(
    [],
    test.ids.map(
      ({ case: name, slice }, i): SliceScore => ({
        ...{ patient: name, case: name, slice, outcome: "scored" },
        values: { ...byMetric(() => null), dice: dice[i]! },
      }),
    ),
  ),
})

/** Fills the folder of a cell that is done: it predicted the experts' masks. */
export const fillDoneCell = async (folder: string, dataset: Dataset, result: CellResult): Promise<void> => {
  await fillCellFolder(folder, result)
  await mkdir(join(folder, "predictions"), { recursive: true })
  for (const { id, geometry, expert } of dataset.testCases)
    await writeNiftiFile(join(folder, "predictions", `${id}.nii.gz`), {
      geometry,
      datatype: "uint8",
      voxels: unpackMask(expert),
    })
  await writeFile(
    join(folder, "environment.json"),
    JSON.stringify({ command: "of the cell", engine: `engine of ${folder.split("/").at(-1)}`, cores: 2 }),
  )
}
