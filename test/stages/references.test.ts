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

  it("counts neither empty slices nor what few slices cover", async () => {
    // Of 2 x 2 pixels three slices cover 3, 2, 1 and 0; two more slices are empty.
    const base = discs({ size: 2, train: 1, test: 1, each: 1 })
    const masks = Uint8Array.from(
      [
        [0, 0, 0, 0],
        [1, 1, 1, 0],
        [1, 1, 0, 0],
        [0, 0, 0, 0],
        [1, 0, 0, 0],
      ].flat(),
    )
    const dataset: Dataset = {
      ...base,
      train: { ...base.train, count: 5, masks },
      testCases: [{ ...base.testCases[0]!, expert: packMask(Uint8Array.of(1, 1, 0, 0)), annotators: {} }],
    }
    const [mean] = await rowsOf(dataset)
    expect(mean!.scores.slices.map(({ values }) => values.dice)).toEqual([1])
    const [none] = await rowsOf({ ...dataset, train: { ...dataset.train, masks: new Uint8Array(20) } })
    expect(none!.scores.missed).toBe(1)
  })

  it("scores an annotator on the cases that they drew, in the order in which annotators come", async () => {
    const base = discs()
    const [first, second] = base.testCases
    const drawn = first!.annotators.student!
    const testCases = [
      { ...first!, annotators: { student: drawn } },
      { ...second!, annotators: { clinician: second!.expert, student: second!.annotators.student! } },
    ]
    const rows = await rowsOf({ ...base, testCases })
    expect(rows.map(({ name, scores }) => [name, scores.patients.map(({ patient }) => patient)])).toEqual([
      ["mean training mask", ["test_1", "test_2"]],
      ["student", ["test_1", "test_2"]],
      ["clinician", ["test_2"]],
    ])
    expect(rows[2]!.scores.summary.dice.mean).toBe(1)
  })

  it("takes what it cannot score for a bug", async () => {
    const base = discs({ test: 1 })
    const testCases = [{ ...base.testCases[0]!, expert: packMask(new Uint8Array(5)) }]
    const stage = references(defaultScoring)
    expect(stage.name).toBe("references")
    const failed = await Effect.runPromise(Effect.flip(stage.run({ ...base, testCases })))
    expect(failed).toMatchObject({
      kind: "bug",
      message: expect.stringContaining("expected shape [3, 16, 16]"),
    })
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
