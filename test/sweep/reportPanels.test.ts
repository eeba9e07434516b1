import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { packMask, unpackMask } from "../../src/data/dataset/packedMask.ts"
import { writeNiftiFile } from "../../src/data/nifti/writeNifti.ts"
import { averageCases } from "../../src/metrics/averageCases.ts"
import { predictionTask, scorePrediction } from "../../src/stages/scorePrediction.ts"
import { panelsOf, type ShownCell } from "../../src/sweep/reportPanels.ts"
import { discs } from "../support/dataset.ts"
import { defaultScoring } from "../support/scoring.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"

const dataset = discs({ test: 1, each: 3 })
const [shown] = dataset.testCases
const expert = unpackMask(shown!.expert)

/** A cell that predicts the expert's mask on the slices that are named, and nothing on the others. */
const cellOf = async (label: string, slices: readonly number[]): Promise<ShownCell> => {
  const folder = await temporaryFolder()
  const pixels = dataset.rows * dataset.columns
  const mask = expert.map((value, i) => (slices.includes(Math.floor(i / pixels)) ? value : 0))
  await mkdir(join(folder, "predictions"))
  const { geometry, id } = shown!
  await writeNiftiFile(join(folder, "predictions", `${id}.nii.gz`), {
    geometry,
    datatype: "uint8",
    voxels: mask,
  })
  const task = predictionTask({ of: shown!, mask: packMask(mask) }, defaultScoring)
  const scores = averageCases([scorePrediction(task)], defaultScoring)
  return { label, folder, scores }
}

describe("panelsOf", () => {
  it("shows the best, the median and the worst slice, a miss counting as 0", async () => {
    const panels = await panelsOf(dataset, [
      await cellOf("sees 0 and 1", [0, 1]),
      await cellOf("sees 1", [1]),
    ])
    // Mean Dice of the slices: 1/2, 1, 0.
    expect(panels.map(({ which, slice }) => [which, slice])).toEqual([
      ["best", 1],
      ["median", 0],
      ["worst", 2],
    ])
    expect(panels[1]!.predictions.map(({ label, dice }) => [label, dice])).toEqual([
      ["sees 0 and 1", 1],
      ["sees 1", null],
    ])
  })

  it("cuts every mask to the slice and stretches the image to 0..255", async () => {
    const [best] = await panelsOf(dataset, [await cellOf("sees 1", [1])])
    expect(best!.expert).toEqual(expert.subarray(256, 512))
    expect(best!.predictions[0]!.mask).toEqual(best!.expert)
    expect(best!.annotators[0]!.mask).toEqual(unpackMask(shown!.annotators.student!).subarray(256, 512))
    expect([Math.min(...best!.image.data), Math.max(...best!.image.data)]).toEqual([0, 255])
  })

  it("has nothing to show when no slice has a prostate", async () => {
    const cell = await cellOf("sees nothing", [])
    const empty = { ...cell, scores: { ...cell.scores, slices: [] } }
    expect(await panelsOf(dataset, [empty])).toEqual([])
  })
})
