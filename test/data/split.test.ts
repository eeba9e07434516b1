import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { splitPatients } from "../../src/data/split.ts"
import { rootKey } from "../../src/tensor/key.ts"
import { refusal } from "./support/refusal.ts"

const groups = {
  train: Array.from({ length: 10 }, (_, i) => `train_${i}`),
  test: Array.from({ length: 4 }, (_, i) => `test_${i}`),
}
const key = rootKey(1).child("split")

describe("splitPatients", () => {
  it("gives every patient a place when all are asked for", () => {
    const { train, validation, test } = splitPatients(
      groups,
      { train: "all", validation: 3, test: "all" },
      key,
    )
    expect([train.length, validation.length, test]).toEqual([7, 3, groups.test])
    expect([...train, ...validation].sort()).toEqual(groups.train)
  })

  it("keeps the validation patients when fewer train", () => {
    const all = splitPatients(groups, { train: "all", validation: 3, test: "all" }, key)
    const few = splitPatients(groups, { train: 2, validation: 3, test: 1 }, key)
    expect(few.validation).toEqual(all.validation)
    expect(few.train).toHaveLength(2)
    expect(all.train).toEqual(expect.arrayContaining([...few.train]))
  })

  it("chooses others for another seed", () => {
    const chosen = (seed: number) =>
      splitPatients(groups, { train: 4, validation: 3, test: 2 }, rootKey(seed)).validation.join()
    expect(new Set([1, 2, 3, 4, 5].map(chosen)).size).toBeGreaterThan(1)
  })

  it("says how many there are when too many are asked for, in both groups at once", async () => {
    const { kind, problems } = await refusal(() =>
      splitPatients(groups, { train: 9, validation: 2, test: 5 }, key),
    )
    expect(kind).toBe("data")
    expect(problems).toMatchObject([
      { path: "load.split", expected: "train + validation at most 10", found: "train 9, validation 2" },
      { path: "load.split.test", expected: "at most 4", found: "5" },
    ])
  })

  it("refuses to train on nobody, and a patient who is there twice", async () => {
    const nobody = await refusal(() =>
      splitPatients(groups, { train: "all", validation: 10, test: "all" }, key),
    )
    expect(nobody.problems).toMatchObject([
      {
        path: "load.split.validation",
        expected: "validation at most 9, so that one patient is left to train with",
        found: "10",
      },
    ])
    const twice = { train: ["a", "b"], test: ["b"] }
    const { problems } = await refusal(() => splitPatients(twice, { train: 1, validation: 0, test: 1 }, key))
    expect(problems[0]).toMatchObject({ message: "patients are there twice", found: "b" })
  })

  test.prop([fc.integer(), fc.integer({ min: 1, max: 6 }), fc.nat(4), fc.integer({ min: 1, max: 4 })])(
    "never has a patient in two splits, and always as many as asked for",
    (seed, train, validation, test) => {
      const split = splitPatients(groups, { train, validation, test }, rootKey(seed))
      expect([split.train.length, split.validation.length, split.test.length]).toEqual([
        train,
        validation,
        test,
      ])
      const everyone = [...split.train, ...split.validation, ...split.test]
      expect(new Set(everyone).size).toBe(everyone.length)
    },
  )
})
