import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import type { Dataset } from "../../src/data/dataset/dataset.ts"
import { packMask } from "../../src/data/dataset/packedMask.ts"
import { references } from "../../src/stages/references.ts"
import { discs } from "../support/dataset.ts"
import { defaultScoring } from "../support/scoring.ts"

const rowsOf = (dataset: Dataset) => Effect.runPromise(references(defaultScoring).run(dataset))

describe("references", () => {
  it("scores the mean training mask and every annotator on every test case", async () => {
    const rows = await rowsOf(discs())
    expect(rows.map(({ name, scores }) => [name, scores.patients.length])).toEqual([
      ["mean training mask", 2],
      ["student", 2],
    ])
  })

  it("gives an annotator that draws too large a Dice between 0 and 1 and no misses", async () => {
    const student = (await rowsOf(discs()))[1]!.scores
    expect(student.summary.dice.mean).toBeGreaterThan(0.5)
    expect(student.summary.dice.mean).toBeLessThan(1)
    expect(student.missed).toBe(0)
  })

  it("predicts the pixels that most training slices with foreground cover", async () => {
    // Three slices of 2 x 2 = 4 pixels; the last is empty and does not count.
    // Pixel 0 is covered by 2 of 2, pixel 1 by 1 of 2 (half is enough), the others by none.
    const base = discs({ size: 2, train: 1, test: 1, each: 3 })
    const masks = Uint8Array.from([1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0])
    const expert = Uint8Array.from([1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0])
    const dataset: Dataset = {
      ...base,
      train: { ...base.train, masks },
      testCases: [{ ...base.testCases[0]!, expert: packMask(expert), annotators: {} }],
    }
    const [mean] = await rowsOf(dataset)
    expect(mean!.scores.slices.map(({ outcome, values }) => [outcome, values.dice])).toEqual([
      ["scored", 1],
      ["scored", 1],
      ["falseAlarm", null],
    ])
  })
})
