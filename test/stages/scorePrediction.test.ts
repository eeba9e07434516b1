import { describe, expect, it } from "vitest"
import type { TestCase } from "../../src/data/dataset/dataset.ts"
import { packMask } from "../../src/data/dataset/packedMask.ts"
import { predictionTask, scorePrediction } from "../../src/stages/scorePrediction.ts"
import { geometryOf } from "../support/geometry.ts"
import { defaultScoring } from "../support/scoring.ts"

/** 8 columns and 4 rows of 2 x 5 mm, 2 slices: one pixel in the first slice, the other is empty. */
const at = (row: number, column: number): Uint8Array =>
  new Uint8Array(64).fill(1, 8 * row + column, 8 * row + column + 1)
const testCase: TestCase = {
  id: "c1",
  patient: "p1",
  geometry: geometryOf([8, 4, 2], [2, 5, 9]),
  axis: 0,
  expert: packMask(at(1, 2)),
  annotators: {},
}
const scoring = { ...defaultScoring, metrics: ["dice", "hd"] as const }
const scored = (mask: Uint8Array) =>
  scorePrediction(predictionTask({ of: testCase, mask: packMask(mask) }, scoring))

describe("scorePrediction", () => {
  it("scores every slice of the case against the expert, in millimetres of rows and columns", () => {
    const hd = (mask: Uint8Array) => scored(mask).slices[0]!.values.hd
    expect(hd(at(1, 5))).toBe(6) // three columns of 2 mm
    expect(hd(at(3, 2))).toBe(10) // two rows of 5 mm
    const { patient, slices } = scored(at(1, 2))
    expect(patient).toBe("p1")
    expect(slices.map(({ case: id, slice, outcome, values }) => [id, slice, outcome, values.dice])).toEqual([
      ["c1", 0, "scored", 1],
      ["c1", 1, "bothEmpty", null],
    ])
  })

  it("holds the prediction against the expert, not the expert against it", () => {
    const precision = { ...defaultScoring, metrics: ["precision", "recall"] as const }
    const larger = new Uint8Array(64).fill(1, 10, 14)
    const task = predictionTask({ of: testCase, mask: packMask(larger) }, precision)
    // One of the four predicted pixels is right, and the expert's only one is found.
    expect(scorePrediction(task).slices[0]!.values).toMatchObject({ precision: 0.25, recall: 1 })
  })
})

describe("predictionTask", () => {
  it("holds what a thread needs, and no memory beside the masks'", () => {
    const all = packMask(new Uint8Array(256).fill(1))
    const part = { length: 64, bits: all.bits.subarray(8, 16) }
    const task = predictionTask({ of: { ...testCase, expert: part }, mask: part }, scoring)
    expect(task).toEqual({
      id: "c1",
      patient: "p1",
      geometry: testCase.geometry,
      prediction: part,
      reference: part,
      scoring,
    })
    expect(task.prediction.bits.buffer.byteLength).toBe(8)
    expect(task.reference.bits.buffer.byteLength).toBe(8)
    const whole = predictionTask({ of: testCase, mask: all }, scoring)
    expect(whole.prediction.bits).toBe(all.bits)
    expect(whole.reference.bits).toBe(testCase.expert.bits)
  })
})
