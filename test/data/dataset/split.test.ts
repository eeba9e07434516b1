import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { splitNames } from "../../../src/data/dataset/placement.ts"
import { splitCases } from "../../../src/data/dataset/split.ts"
import type { Case } from "../../../src/data/sources/source.ts"
import { casesOf, named, problemsOf, rule, sizes, split } from "./splitting.ts"

const grouped = [...casesOf("train", 10), ...casesOf("test", 4)]

describe("splitCases, by drawing", () => {
  it("gives every patient a place when all are asked for, in the source's order", () => {
    const { train, validation, test } = split(grouped, { validation: 3 })
    expect([train.length, validation.length, test]).toEqual([7, 3, named(casesOf("test", 4))])
    expect([...train, ...validation].sort()).toEqual(named(casesOf("train", 10)))
    expect([...train].sort()).toEqual(train)
  })

  it("keeps the validation patients when fewer train, and says who is in no split", () => {
    const all = split(grouped, { validation: 3 })
    const few = split(grouped, { train: 2, validation: 3, test: 1 })
    expect(few.validation).toEqual(all.validation)
    expect(few.train).toHaveLength(2)
    expect(all.train).toEqual(expect.arrayContaining([...few.train]))
    expect(few.unused).toHaveLength(14 - 2 - 3 - 1)
  })

  it("draws the same patients as ever for a seed, so that earlier results stay comparable", () => {
    const { train, validation, test } = split(casesOf(null, 8), { train: 2, validation: 2, test: 2, seed: 7 })
    expect({ train, validation, test }).toEqual({
      train: ["null_2", "null_4"],
      validation: ["null_1", "null_5"],
      test: ["null_0", "null_3"],
    })
  })

  it("chooses others for another seed", () => {
    const chosen = (seed: number) =>
      split(grouped, { train: 4, validation: 3, test: 2, seed }).validation.join()
    expect(new Set([1, 2, 3, 4, 5].map(chosen)).size).toBeGreaterThan(1)
  })

  it("draws every split from one pool where the source has no groups, a patient with all cases", () => {
    const pool = casesOf(null, 10, 2)
    const { train, validation, test } = splitCases(pool, rule({ validation: 2, test: 3 }))
    expect([train.length, validation.length, test.length]).toEqual([10, 4, 6])
    expect([...train, ...validation, ...test].map(({ id }) => id).sort()).toEqual(pool.map(({ id }) => id))
  })

  it("rounds fractions of those that could be in a split, to at least one", () => {
    expect(sizes(split(grouped, { validation: 0.26, test: 0.01 }))).toEqual([7, 3, 1])
    expect(sizes(split(casesOf(null, 20), { train: 0.5, validation: 0.1, test: 0.2 }))).toEqual([10, 2, 4])
    // 0.5 of 5 rounds to 3 twice: validation is drawn first, and training gets what is left.
    expect(
      sizes(split([...casesOf("train", 5), ...casesOf("test", 1)], { train: 0.5, validation: 0.5 })),
    ).toEqual([2, 3, 1])
  })

  it("says how many there are when too many are asked for, in both groups at once", async () => {
    expect(await problemsOf(grouped, { train: 9, validation: 2, test: 5 })).toMatchObject([
      { path: "load.split", expected: "train + validation at most 10", found: "train 9, validation 2" },
      { path: "load.split.test", expected: "at most 4", found: "5" },
    ])
  })

  it("counts those that are tested with no longer among those that can train, be they drawn or listed", async () => {
    const pool = casesOf(null, 6)
    for (const test of [2, ["null_1", "null_4"]] as const) {
      expect(sizes(split(pool, { train: 3, validation: 1, test }))).toEqual([3, 1, 2])
      expect(await problemsOf(pool, { train: 4, validation: 1, test })).toMatchObject([
        { expected: "train + validation at most 4" },
      ])
    }
    expect(await problemsOf(grouped, { train: 10, validation: 0.1 })).toMatchObject([
      { found: "train 10, validation 1 (0.1 of them)" },
    ])
  })

  it("refuses to train on nobody", async () => {
    expect(await problemsOf(grouped, { validation: 10 })).toMatchObject([
      {
        path: "load.split.validation",
        expected: "validation at most 9, so that one patient is left to train with",
        found: "10",
      },
    ])
    expect(await problemsOf(casesOf(null, 4), {})).toMatchObject([
      { path: "load.split.test", message: expect.stringContaining("no test group") },
    ])
    expect(await problemsOf(casesOf("train", 4), {})).toMatchObject([
      { path: "load.split.test", found: "all" },
    ])
  })

  it("refuses fractions that add up to more than 1, where the splits share patients", async () => {
    const fractions = { train: 0.6, validation: 0.3, test: 0.2 }
    expect(sizes(split(grouped, fractions))).toEqual([6, 3, 1])
    expect(await problemsOf(casesOf(null, 10), fractions)).toMatchObject([
      { path: "load.split", found: "0.6 + 0.3 + 0.2", expected: "at most 1" },
    ])
  })

  it("refuses a case that is there twice, and a patient in both groups", async () => {
    const cases: Case[] = [
      { id: "a", patient: "p", group: "train" },
      { id: "a", patient: "p", group: "train" },
      { id: "b", patient: "p", group: "test" },
      { id: "c", patient: "q", group: "train" },
    ]
    expect(await problemsOf(cases, {})).toEqual([
      { message: "cases are there twice", path: "load.source", found: "a", fix: "keep one of the two" },
      {
        message: "patients have cases in more than one group",
        path: "load.source",
        found: "p",
        fix: "put all cases of a patient into one group: a patient in two splits makes the test worthless",
      },
    ])
    const twice = [...casesOf("train", 3), ...casesOf("train", 2), ...casesOf("test", 1)]
    expect(await problemsOf(twice, {})).toMatchObject([{ found: "train_0, train_1" }])
  })
})

describe("splitCases", () => {
  const wanted = (fewest: number) =>
    fc.oneof(
      fc.integer({ min: fewest, max: 4 }),
      fc.integer({ min: 1, max: 30 }).map((percent) => percent / 100),
    )
  const asked = fc.record({
    seed: fc.nat(),
    train: fc.oneof(wanted(1), fc.constant("all" as const)),
    validation: wanted(0),
    test: wanted(1),
  })
  const pools = fc
    .tuple(fc.boolean(), fc.integer({ min: 12, max: 30 }), fc.integer({ min: 1, max: 3 }))
    .map(([hasGroups, count, each]) =>
      hasGroups
        ? [...casesOf("train", count, each), ...casesOf("test", 4, each)]
        : casesOf(null, count, each),
    )

  test.prop([asked, pools])(
    "never puts a patient into two splits, nor a case into none or two",
    (parts, cases) => {
      const { train, validation, test, unused } = splitCases(cases, rule(parts))
      const all = [train, validation, test, unused]
      expect(
        all
          .flat()
          .map(({ id }) => id)
          .sort(),
      ).toEqual(cases.map(({ id }) => id).sort())
      const patients = all.flatMap(named)
      expect(new Set(patients).size).toBe(patients.length)
      for (const [i, name] of splitNames.entries()) if (parts[name] !== 0) expect(all[i]).not.toHaveLength(0)
    },
  )

  const numbers = fc.record({ seed: fc.nat(), validation: fc.nat(4), test: fc.integer({ min: 1, max: 4 }) })
  test.prop([numbers, fc.integer({ min: 12, max: 30 }), fc.nat(29)])(
    "lets at most one patient cross each border when one is added",
    (parts, count, which) => {
      const before = casesOf(null, count)
      const added: Case = { id: "new", patient: "new", group: null }
      const first = split(before, parts)
      const second = split(before.toSpliced(which % count, 0, added), parts)
      for (const name of splitNames) {
        const others = second[name].filter((patient) => patient !== "new")
        expect(others.filter((patient) => !first[name].includes(patient)).length).toBeLessThanOrEqual(1)
        expect(first[name].filter((patient) => !others.includes(patient)).length).toBeLessThanOrEqual(1)
      }
    },
  )
})
