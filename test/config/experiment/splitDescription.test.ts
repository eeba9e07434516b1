import { describe, expect, it } from "vitest"
import { split } from "../../../src/config/experiment/splitDescription.ts"
import type { RecordDescription } from "../../../src/config/language/description.ts"
import { refusals } from "../refusals.ts"

const load: RecordDescription = { tag: "record", doc: "Something.", fields: { split } }
const refused = (text: string) => refusals(`split: ${text}\n`, load)

describe("load.split", () => {
  it.each([
    "{}",
    "{ train: 3, validation: 0, test: 1 }",
    "{ train: 0.7, validation: 0.1, test: 0.2 }",
    "{ train: all, validation: [b], test: [a, c] }",
    "{ file: split.csv, seed: 3 }",
  ])("may be %s", (text) => {
    expect(refused(text)).toEqual(["accepted"])
  })

  it("names every way to say it where a number is neither whole nor a fraction", () => {
    const expected = (fewest: number, all: string) =>
      `expected an integer of at least ${fewest}, or a number greater than 0 and less than 1${all}, or a list of at least 1 item, each a text`
    expect(refused("{ train: 1.5, validation: -1, test: 0 }")).toEqual([
      `a.yaml:1:17 split.train: not an integer | ${expected(1, ", or `all`")} | found 1.5`,
      `a.yaml:1:34 split.validation: out of range | ${expected(0, "")} | found -1`,
      `a.yaml:1:44 split.test: out of range | ${expected(1, ", or `all`")} | found 0`,
    ])
  })

  it("refuses a patient that is named twice, where it stands", () => {
    expect(refused("{ validation: [a], test: [b, a] }")).toEqual([
      "a.yaml:1:37 split.test.1: patient a is named twice | name it once: a patient in two splits makes the test worthless",
    ])
  })

  it("refuses a file beside anything else that places patients", () => {
    expect(refused("{ file: split.csv, validation: 2 }")[0]).toContain(
      "a.yaml:1:16 split.file: a split file places",
    )
  })

  it("refuses a file beside each of the others that is not as it comes, and takes them when they are", () => {
    const beside = (text: string) => refused(`{ file: split.csv, ${text} }`)
    for (const text of ["train: 3", "train: [a]", "validation: 0.5", "test: 1", "test: [a]"])
      expect(beside(text)).toEqual([expect.stringContaining("split.file: a split file places every patient")])
    expect(beside("train: all, validation: 0, test: all")).toEqual(["accepted"])
  })

  it("refuses a patient in two splits, at the second place", () => {
    const twice = (text: string, path: string) =>
      expect(refused(text)).toEqual([expect.stringContaining(`split.${path}: patient a is named twice`)])
    twice("{ train: [a, b], validation: [b2, a] }", "validation.1")
    twice("{ train: [a], test: [a] }", "test.0")
    twice("{ train: [a, a] }", "train.1")
    // An integer and a fraction name nobody.
    expect(refused("{ train: 2, validation: 0.5, test: [a, b] }")).toEqual(["accepted"])
  })
})
