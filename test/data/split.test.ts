import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import type { Case } from "../../src/data/source.ts"
import { splitPatients } from "../../src/data/split.ts"
import { rootKey } from "../../src/tensor/key.ts"
import { refusal } from "./support/refusal.ts"

const casesOf = (group: Case["group"], count: number, each = 1): Case[] =>
  Array.from({ length: count * each }, (_, i) => {
    const patient = `${group}_${Math.floor(i / each)}`
    return { id: each === 1 ? patient : `${patient}_${i % each}`, patient, group }
  })
const named = (cases: readonly Case[]) => [...new Set(cases.map(({ patient }) => patient))]

const groups = [...casesOf("train", 10), ...casesOf("test", 4)]
const key = rootKey(1).child("split")

describe("splitPatients", () => {
  it("gives every patient a place when all are asked for", () => {
    const { train, validation, test } = splitPatients(
      groups,
      { train: "all", validation: 3, test: "all" },
      key,
    )
    expect([train.length, validation.length, test]).toEqual([7, 3, named(casesOf("test", 4))])
    expect([...train, ...validation].sort()).toEqual(named(casesOf("train", 10)))
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

  it("refuses to train on nobody", async () => {
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
  })

  it("refuses a case that is there twice, and a patient in both groups", async () => {
    const cases: Case[] = [
      { id: "a", patient: "p", group: "train" },
      { id: "a", patient: "p", group: "train" },
      { id: "b", patient: "p", group: "test" },
      { id: "c", patient: "q", group: "train" },
    ]
    const { problems } = await refusal(() => splitPatients(cases, { train: 1, validation: 0, test: 1 }, key))
    expect(problems).toMatchObject([
      { message: "cases are there twice", found: "a" },
      { message: "patients have cases in more than one group", found: "p" },
    ])
  })

  it("draws every split from one pool where the source has no groups", () => {
    const pool = casesOf(null, 10, 2)
    const { train, validation, test } = splitPatients(pool, { train: "all", validation: 2, test: 3 }, key)
    expect([train.length, validation.length, test.length]).toEqual([5, 2, 3])
    expect([...train, ...validation, ...test].sort()).toEqual(named(pool))
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
