import { describe, expect, it } from "vitest"
import { type Placement, placeCases } from "../../../src/data/dataset/placement.ts"
import type { Case } from "../../../src/data/sources/source.ts"

const one = (id: string, patient = id, group: Case["group"] = null): Case => ({ id, patient, group })
const put = (
  name: string,
  split: Placement["split"],
  by: Placement["by"] = "patient",
  line = 1,
): Placement => ({ name, by, split, place: { file: "split.csv", line, column: 3 } })

const placed = (cases: readonly Case[], ...placements: readonly Placement[]) => {
  const { splits, problems } = placeCases(cases, placements)
  return { splits: Object.fromEntries(splits), problems }
}

describe("placeCases", () => {
  it("places all cases of a patient, or the one that is named, and leaves the others out", () => {
    const cases = [one("a1", "a"), one("a2", "a"), one("b1", "b"), one("b2", "b"), one("c1", "c")]
    expect(placed(cases, put("a", "train"), put("b2", "test", "case"))).toEqual({
      splits: { a1: "train", a2: "train", b2: "test" },
      problems: [],
    })
  })

  it("tells a patient's name from a case's", () => {
    const cases = [one("x", "y"), one("y", "x")]
    expect(placed(cases, put("x", "train")).splits).toEqual({ y: "train" })
    expect(placed(cases, put("x", "train", "case")).splits).toEqual({ x: "train" })
  })

  it("takes an accented letter for the same, be it one character or a letter and its accent", () => {
    const [composed, apart] = ["Zo\u00eb", "Zoe\u0308"]
    for (const [inData, written] of [
      [composed, apart],
      [apart, composed],
    ] as const) {
      expect(placed([one("1", inData)], put(written, "test"))).toEqual({
        splits: { 1: "test" },
        problems: [],
      })
      expect(placed([one(inData)], put(written, "test", "case")).problems).toEqual([])
    }
    expect(placed([one("1", composed)], put(composed, "test"), put(apart, "train")).problems).toMatchObject([
      { message: `patient ${apart} is named twice` },
    ])
  })

  it("shows up to five of the names that there are, once each, and guesses which was meant", () => {
    const cases = (count: number) =>
      Array.from({ length: 2 * count }, (_, i) => one(`case ${i}`, `P0${Math.floor(i / 2) + 1}`))
    expect(placed(cases(5), put("P1", "train", "patient", 7)).problems).toEqual([
      {
        file: "split.csv",
        line: 7,
        column: 3,
        message: "the data have no patient P1",
        expected: "one of P01, P02, P03, P04, P05",
        suggestion: "P01",
      },
    ])
    const [problem] = placed(cases(6), put("somebody else", "train", "case")).problems
    expect(problem).toEqual({
      file: "split.csv",
      line: 1,
      column: 3,
      message: "the data have no case somebody else",
      expected: "one of case 0, case 1, case 2, case 3, case 4, ...",
    })
    expect(problem).not.toHaveProperty("suggestion")
    expect(placed(cases(6), put("somebody else", "train")).problems[0]!.expected).toBe(
      "one of P01, P02, P03, P04, P05, ...",
    )
  })

  it("refuses a name twice at its second place, be it for one split or for two, and keeps the first", () => {
    const cases = [one("a"), one("b")]
    expect(
      placed(cases, put("a", "train"), put("a", "train", "patient", 2), put("a", "test", "patient", 3)),
    ).toEqual({
      splits: { a: "train" },
      problems: [
        {
          file: "split.csv",
          line: 2,
          column: 3,
          message: "patient a is named twice",
          found: "twice for train",
          fix: "name it once: a patient in two splits makes the test worthless",
        },
        {
          file: "split.csv",
          line: 3,
          column: 3,
          message: "patient a is named twice",
          found: "train and test",
          fix: "name it once: a patient in two splits makes the test worthless",
        },
      ],
    })
  })

  it("refuses a patient who comes into a second split through a case, against the first one", () => {
    const cases = ["a1", "a2", "a3", "a4"].map((id) => one(id, "a"))
    const splits = ["validation", "test", "validation", "train"] as const
    const placements = splits.map((split, i) => put(`a${i + 1}`, split, "case", i + 1))
    expect(placed(cases, ...placements).problems).toEqual(
      [
        [2, "test"],
        [4, "train"],
      ].map(([line, split]) => ({
        file: "split.csv",
        line,
        column: 3,
        message: "patient a is in two splits, through the cases",
        found: `validation (case a1) and ${split}`,
        fix: "put all cases of a patient into one split: a patient in two splits makes the test worthless",
      })),
    )
  })

  it("refuses to test with a training patient of the source, and to train or validate with a test patient", () => {
    const cases = [one("a", "a", "train"), one("b", "b", "test"), one("c", "c", null)]
    const place = { file: "split.csv", line: 1, column: 3 }
    const message = (patient: string, group: string) =>
      `the source keeps patient ${patient} in its ${group} group`
    const expected = "train or validation"
    expect(placed(cases, put("a", "test"), put("b", "test")).problems).toEqual([
      { ...place, message: message("a", "training"), expected, found: "test" },
    ])
    for (const found of ["train", "validation"] as const) {
      expect(placed(cases, put("b", found), put("a", found)).problems).toEqual([
        { ...place, message: message("b", "test"), expected: "test", found },
      ])
      expect(placed(cases, put("c", found)).problems).toEqual([])
    }
    expect(placed(cases, put("c", "test")).problems).toEqual([])
  })
})
