import { describe, expect, it } from "vitest"
import { type Placement, splitNames } from "../../../src/data/dataset/placement.ts"
import { splitCases } from "../../../src/data/dataset/split.ts"
import { casesOf, named, problemsOf, rule, split } from "./splitting.ts"

describe("splitCases, by names", () => {
  it("takes the patients that are listed, and draws the others", () => {
    const pool = casesOf(null, 8)
    const { train, validation, test } = split(pool, { test: ["null_3", "null_5"], validation: 2 })
    expect(test).toEqual(["null_3", "null_5"])
    expect([...train, ...validation].sort()).toEqual(named(pool).filter((name) => !test.includes(name)))
    expect(validation).toHaveLength(2)
    const rest = split(pool, { train: ["null_1"], test: "all" })
    expect([rest.train, rest.test.length]).toEqual([["null_1"], 7])
  })

  it.each([1, 2, 3])("draws nobody again who is listed, where each patient has %i cases", (each) => {
    const pool = casesOf(null, 10, each)
    const list = ["null_2", "null_6", "null_9"]
    const asked = { train: 4, validation: 3, test: 3 }
    for (const name of splitNames)
      for (let seed = 0; seed < 5; seed++) {
        const found = split(pool, { ...asked, [name]: list, seed })
        const { train, validation, test, unused } = found
        expect(found[name], name).toEqual(list)
        expect([train.length, validation.length, test.length]).toEqual(
          splitNames.map((one) => (one === name ? list.length : asked[one])),
        )
        expect([...train, ...validation, ...test, ...unused].sort()).toEqual(named(pool).sort())
      }
  })

  it("lists every name that is unknown, double, in two splits, or of the other group", async () => {
    const cases = [...casesOf("train", 6), ...casesOf("test", 2)]
    const problems = await problemsOf(cases, {
      train: ["train_0", "tran_1", "train_0"],
      validation: ["train_0", "test_1"],
    })
    expect(problems).toMatchObject([
      { path: "load.split.train.1", message: "the data have no patient tran_1", suggestion: "train_1" },
      { path: "load.split.train.2", message: "patient train_0 is named twice", found: "twice for train" },
      {
        path: "load.split.validation.0",
        message: "patient train_0 is named twice",
        found: "train and validation",
      },
      { path: "load.split.validation.1", message: "the source keeps patient test_1 in its test group" },
    ])
  })

  const at = (line: number) => ({ file: "split.csv", line, column: 1 })
  const placement = (
    name: string,
    split: Placement["split"],
    by: Placement["by"],
    line: number,
  ): Placement => ({
    name,
    split,
    by,
    place: at(line),
  })

  it("follows a file, patient by patient or case by case, and draws nobody", () => {
    const pool = casesOf(null, 4, 2)
    const byPatient = {
      problems: [],
      placements: [placement("null_2", "train", "patient", 2), placement("null_0", "test", "patient", 3)],
    }
    expect(split(pool, { table: byPatient })).toEqual({
      train: ["null_2"],
      validation: [],
      test: ["null_0"],
      unused: ["null_1", "null_3"],
    })
    const byCase = {
      problems: [],
      placements: [placement("null_2_1", "train", "case", 2), placement("null_0_0", "test", "case", 3)],
    }
    expect(splitCases(pool, rule({ table: byCase })).train).toEqual([pool[5]])
  })

  it("refuses a patient that comes into two splits through cases, together with the file's own problems", async () => {
    const table = {
      problems: [{ ...at(4), message: "this is no split" }],
      placements: [placement("null_0_0", "train", "case", 2), placement("null_0_1", "test", "case", 3)],
    }
    expect(await problemsOf(casesOf(null, 4, 2), { table })).toMatchObject([
      { message: "this is no split", line: 4 },
      {
        message: "patient null_0 is in two splits, through the cases",
        found: "train (case null_0_0) and test",
        line: 3,
      },
    ])
  })

  it("says when a file leaves a split without patients that it must have", async () => {
    const table = { problems: [], placements: [placement("null_0", "validation", "patient", 2)] }
    expect(await problemsOf(casesOf(null, 4), { table })).toEqual([
      {
        message: "the split file names nobody to train with",
        file: "split.csv",
        fix: "write train in the rows of some patients",
      },
      {
        message: "the split file names nobody to test with",
        file: "split.csv",
        fix: "write test in the rows of some patients",
      },
    ])
    const nobody = await problemsOf(casesOf(null, 4), { table: { problems: [], placements: [] } })
    expect(nobody.map((problem) => "file" in problem)).toEqual([false, false])
  })

  it("does not say so when a row that cannot be read may have named somebody", async () => {
    const table = { problems: [{ ...at(4), message: "this is no split" }], placements: [] }
    expect(await problemsOf(casesOf(null, 4), { table })).toEqual([{ ...at(4), message: "this is no split" }])
  })
})
