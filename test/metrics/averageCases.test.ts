import { describe, expect, it } from "vitest"
import { averageCases } from "../../src/metrics/averageCases.ts"
import { type CaseMasks, scoreCase } from "../../src/metrics/scoreCase.ts"
import type { ScoreOptions } from "../../src/metrics/scoreMask.ts"
import { defaultScoring } from "../support/scoring.ts"

const scorePatients = (cases: readonly CaseMasks[], options: ScoreOptions) =>
  averageCases(
    cases.map((one) => scoreCase(one, options)),
    options,
  )

/** A patient of one case whose slices are one row of four pixels each, drawn as [prediction, reference]. */
const patient = (id: string, ...slices: readonly (readonly [string, string])[]): CaseMasks => {
  const volume = (lines: readonly string[]) =>
    Uint8Array.from([...lines.join("")], (character) => (character === "#" ? 1 : 0))
  return {
    id: `${id}1`,
    patient: id,
    rows: 1,
    columns: 4,
    slices: slices.length,
    spacingMm: [1, 2],
    prediction: volume(slices.map(([prediction]) => prediction)),
    reference: volume(slices.map(([, reference]) => reference)),
  }
}

const patients = [
  // Dice 1 and 0.5; then a miss and an empty slice
  patient("a", ["##..", "##.."], ["##..", ".##."], ["....", "#..."], ["....", "...."]),
  // Dice 0 at a distance of 3 columns = 6 mm; then a false alarm
  patient("b", ["#...", "...#"], ["#...", "...."]),
]

describe("averageCases", () => {
  it("averages slices to patients and patients to the summary", () => {
    const scores = scorePatients(patients, defaultScoring)
    expect(
      scores.slices.map(({ patient, slice, outcome, values }) => [patient, slice, outcome, values.dice]),
    ).toEqual([
      ["a", 0, "scored", 1],
      ["a", 1, "scored", 0.5],
      ["a", 2, "missed", null],
      ["a", 3, "bothEmpty", null],
      ["b", 0, "scored", 0],
      ["b", 1, "falseAlarm", null],
    ])
    const [a, b] = scores.patients
    expect(a).toMatchObject({ patient: "a", slices: 4, scored: 2, missed: 1, falseAlarms: 0 })
    expect(b).toMatchObject({ patient: "b", slices: 2, scored: 1, missed: 0, falseAlarms: 1 })
    expect(scores.patients.map(({ values }) => values.dice)).toEqual([0.75, 0])
    expect(b!.values.hd95).toBe(6)
    // Mean of 0.75 and 0 over patients; over slices it would be 0.5. SD = 0.75 / sqrt(2).
    expect(scores.summary.dice).toMatchObject({ n: 2, mean: 0.375, median: 0.375 })
    expect(scores.summary.dice.sd).toBeCloseTo(0.75 / Math.SQRT2, 15)
    expect(scores).toMatchObject({
      empty: "skip",
      hd95: "pooled",
      toleranceMm: 2,
      missed: 1,
      falseAlarms: 1,
    })
  })

  it("averages over the slices of all cases of a patient, wherever they come", () => {
    const again = { ...patient("a", ["#...", "#..."]), id: "a2" }
    const scores = scorePatients([...patients, again], defaultScoring)
    expect(scores.patients.map(({ patient, slices, scored }) => [patient, slices, scored])).toEqual([
      ["a", 5, 3],
      ["b", 2, 1],
    ])
    // (1 + 0.5 + 1) / 3; the mean of the two cases' means would be 0.875.
    expect(scores.patients[0]!.values.dice).toBeCloseTo(2.5 / 3, 15)
    expect(scores.slices.filter(({ patient }) => patient === "a").map((s) => [s.case, s.slice])).toEqual([
      ...[0, 1, 2, 3].map((slice) => ["a1", slice]),
      ["a2", 0],
    ])
  })

  it("counts the slices that an empty mask makes worst", () => {
    const scores = scorePatients(patients, { ...defaultScoring, empty: "worst" })
    expect(scores.patients.map(({ scored }) => scored)).toEqual([4, 2])
    // (1 + 0.5 + 0 + 1) / 4 and (0 + 0) / 2
    expect(scores.patients.map(({ values }) => values.dice)).toEqual([0.625, 0])
  })

  it("keeps a metric's own number of defined values", () => {
    const missed = patient("c", ["....", "####"])
    const scores = scorePatients([...patients, missed], {
      ...defaultScoring,
      empty: "undefined",
    })
    expect(scores.patients[2]!.values).toMatchObject({ dice: 0, iou: 0, precision: 0, recall: 0, hd95: null })
    expect(scores.summary.dice.n).toBe(3)
    expect(scores.summary.hd95.n).toBe(2)
  })

  it("leaves metrics that were not asked for null, with n = 0", () => {
    const scores = scorePatients(patients, { ...defaultScoring, metrics: ["dice"], empty: "worst" })
    expect(scores.summary.hd95).toEqual({ n: 0, mean: null, sd: null, median: null })
    expect(scores.patients[0]!.values.iou).toBeNull()
  })

  it("scores a patient without slices, and no patients", () => {
    const nobody = scorePatients([], defaultScoring)
    expect(nobody.summary.dice).toEqual({ n: 0, mean: null, sd: null, median: null })
    const { patients: scored, summary } = scorePatients([patient("d")], defaultScoring)
    expect(scored[0]).toMatchObject({ slices: 0, scored: 0, values: { dice: null } })
    expect(summary.dice.n).toBe(0)
  })

  it("has no standard deviation with one patient", () => {
    const { summary } = scorePatients([patients[0]!], { ...defaultScoring, metrics: ["dice"] })
    expect(summary.dice).toEqual({ n: 1, mean: 0.75, sd: null, median: 0.75 })
  })

  it("refuses a volume that is not as long as its size says", () => {
    const short = { ...patients[0]!, prediction: new Uint8Array(15) }
    expect(() => scorePatients([short], { ...defaultScoring, metrics: ["dice"] })).toThrow(
      "prediction of case a1: expected shape [4, 1, 4], got [15]",
    )
  })
})
