import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import type { Dataset } from "../../src/data/dataset/dataset.ts"
import { packMask, unpackMask } from "../../src/data/dataset/packedMask.ts"
import { fileGeometry, fileVoxels } from "../../src/data/dataset/slicing.ts"
import { writeNiftiFile } from "../../src/data/nifti/writeNifti.ts"
import { averageCases } from "../../src/metrics/averageCases.ts"
import { predictionTask, scorePrediction } from "../../src/stages/scorePrediction.ts"
import { panelsOf, type ShownCell } from "../../src/sweep/reportPanels.ts"
import { discs } from "../support/dataset.ts"
import { defaultScoring } from "../support/scoring.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"
import { resultOn } from "./doneRun.ts"

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
    const panels = await panelsOf(
      dataset,
      [await cellOf("sees 0 and 1", [0, 1]), await cellOf("sees 1", [1])],
      "dice",
    )
    // Mean Dice of the slices: 1/2, 1, 0.
    expect(panels.map(({ which, slice }) => [which, slice])).toEqual([
      ["best", 1],
      ["median", 0],
      ["worst", 2],
    ])
    expect(panels[1]!.predictions.map(({ label, value }) => [label, value])).toEqual([
      ["sees 0 and 1", 1],
      ["sees 1", null],
    ])
  })

  it("cuts every mask to the slice and stretches the image to 0..255", async () => {
    const [best] = await panelsOf(dataset, [await cellOf("sees 1", [1])], "dice")
    expect(best!.expert).toEqual(expert.subarray(256, 512))
    expect(best!.predictions[0]!.mask).toEqual(best!.expert)
    expect(best!.annotators[0]!.mask).toEqual(unpackMask(shown!.annotators.student!).subarray(256, 512))
    expect([Math.min(...best!.image.data), Math.max(...best!.image.data)]).toEqual([0, 255])
  })

  it("has nothing to show when no slice has a prostate", async () => {
    const cell = await cellOf("sees nothing", [])
    const empty = { ...cell, scores: { ...cell.scores, slices: [] } }
    expect(await panelsOf(dataset, [empty], "dice")).toEqual([])
  })
})

describe("panelsOf, of cases that are not square", () => {
  // Two cases of two slices of 3 columns and 2 rows, sliced along the y axis of their files.
  const geometry = {
    shape: [3, 2, 2],
    spacingMm: [0.5, 2, 7],
    affine: [
      [0.5, 0, 0, 0],
      [0, 0, 7, 0],
      [0, 2, 0, 0],
      [0, 0, 0, 1],
    ],
  } as const
  const masks = {
    p: [1, 0, 0, 0, 0, 0, /**/ 0, 1, 0, 0, 0, 0],
    q: [0, 0, 1, 0, 0, 0, /**/ 0, 0, 0, 1, 0, 0],
  }
  const flat: Dataset = {
    ...dataset,
    rows: 2,
    columns: 3,
    test: {
      count: 4,
      ids: ["p", "q"].flatMap((name) => [0, 1].map((slice) => ({ case: name, slice }))),
      // The last slice is of one grey.
      images: Float32Array.of(
        ...[1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60],
        ...[0, 2, 0, 0, 0, 8, 7, 7, 7, 7, 7, 7],
      ),
      masks: Uint8Array.of(...masks.p, ...masks.q),
    },
    testCases: (["p", "q"] as const).map((id) => ({
      id,
      patient: id,
      geometry,
      axis: 1,
      expert: packMask(Uint8Array.from(masks[id])),
      annotators: {},
    })),
  }

  /** A cell with these Dice values, slice by slice of p and then of q; it predicts the inside of the masks to be out. */
  const cellWith = async (label: string, dice: readonly (number | null)[]): Promise<ShownCell> => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, "predictions"))
    for (const id of ["p", "q"] as const)
      await writeNiftiFile(join(folder, "predictions", `${id}.nii.gz`), {
        geometry: fileGeometry(geometry, 1),
        datatype: "uint8",
        voxels: fileVoxels(
          Uint8Array.from(masks[id], (inside) => 1 - inside),
          geometry.shape,
          1,
        ),
      })
    return { label, folder, scores: resultOn(flat, dice).scores }
  }

  it("has rows, columns and spacing in their order, and the masks of the slice in theirs", async () => {
    const panels = await panelsOf(flat, [await cellWith("a", [0.1, 0.4, 0.2, 0.3])], "dice")
    const [best, median, worst] = panels
    expect(panels.map(({ which, case: name, slice }) => [which, name, slice])).toEqual([
      ["best", "p", 1],
      ["median", "q", 1],
      ["worst", "p", 0],
    ])
    // Two cases have slices of the same numbers.
    expect(panels.map(({ predictions }) => predictions[0]!.value)).toEqual([0.4, 0.3, 0.1])
    expect(best).toMatchObject({ rows: 2, columns: 3, spacingMm: [2, 0.5], annotators: [] })
    expect([...best!.expert]).toEqual([0, 1, 0, 0, 0, 0])
    expect([...best!.predictions[0]!.mask]).toEqual([1, 0, 1, 1, 1, 1])
    expect([...median!.expert]).toEqual([0, 0, 0, 1, 0, 0])
    expect([...worst!.expert]).toEqual([1, 0, 0, 0, 0, 0])
    // (20 - 10) / 50 of 255 is 51.
    expect(best!.image).toEqual({ rows: 2, columns: 3, data: Uint8Array.of(0, 51, 102, 153, 204, 255) })
    // No range to stretch.
    expect([...median!.image.data]).toEqual([0, 0, 0, 0, 0, 0])
  })

  it("rounds to the nearest grey", async () => {
    const [best] = await panelsOf(flat, [await cellWith("a", [0, 0, 1, 0])], "dice")
    // 2 / 8 of 255 is 63.75.
    expect([...best!.image.data]).toEqual([0, 64, 0, 0, 0, 255])
  })

  it("ranks by the mean over the cells, and leaves out slices without foreground", async () => {
    const cells = [await cellWith("a", [0.9, 0.6, 0.1, null]), await cellWith("b", [0.1, 0.6, 0.8, null])]
    const outcomes = ["scored", "missed", "falseAlarm", "bothEmpty"] as const
    const scored = cells.map((cell) => ({
      ...cell,
      scores: {
        ...cell.scores,
        slices: cell.scores.slices.map((slice, i) => ({ ...slice, outcome: outcomes[i]! })),
      },
    }))
    const panels = await panelsOf(flat, scored, "dice")
    expect(panels.map(({ which, case: name, slice }) => [which, name, slice])).toEqual([
      ["best", "p", 1],
      ["median", "p", 1],
      ["worst", "p", 0],
    ])
    expect(panels[2]!.predictions.map(({ label, value }) => [label, value])).toEqual([
      ["a", 0.9],
      ["b", 0.1],
    ])
  })

  it("ranks by a distance with the smallest best, a miss counting as the slice's diagonal", async () => {
    const cell = await cellWith("a", [null, null, null, null])
    const far = Math.hypot(3 * 0.5, 2 * 2) // mm
    const ranks = async (hd95: readonly (number | null)[]) => {
      const slices = cell.scores.slices.map((slice, i) => ({
        ...slice,
        outcome: hd95[i] === null ? ("missed" as const) : ("scored" as const),
        values: { ...slice.values, hd95: hd95[i]! },
      }))
      const panels = await panelsOf(flat, [{ ...cell, scores: { ...cell.scores, slices } }], "hd95")
      return panels.map(({ metric, case: name, slice, predictions }) => [
        ...[metric, `${name} ${slice}`, predictions[0]!.value],
      ])
    }
    expect(await ranks([3, 0.5, 2, null])).toEqual([
      ["hd95", "p 1", 0.5],
      ["hd95", "q 0", 2],
      ["hd95", "q 1", null],
    ])
    expect((await ranks([far + 0.02, far + 0.01, far - 0.01, null])).map(([, where]) => where)).toEqual([
      ...["q 0", "q 1", "p 0"],
    ])
  })

  it("shows the canvas of slices that were resampled to a spacing", async () => {
    const coarse: Dataset = { ...flat, resize: { kind: "spacing", spacingMm: [1, 0.5] } }
    const [best] = await panelsOf(coarse, [await cellWith("a", [1, 0, 0, 0])], "dice")
    // 2 rows of 2 mm are 4 rows of 1 mm; the two in the middle were trained on. 5 / 6 of 255 is 212.5.
    expect(best!.image).toEqual({
      rows: 4,
      columns: 3,
      data: Uint8Array.of(0, 0, 0, 43, 85, 128, 170, 213, 255, 0, 0, 0),
    })
    expect(best).toMatchObject({ rows: 2, columns: 3 })
  })
})
