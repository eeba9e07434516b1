import { test } from "@fast-check/vitest"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { betterName, comparisonFamily, pairsOf } from "../../src/statistics/comparisonFamily.ts"
import { contestOf } from "../../src/statistics/contest.ts"
import type { NamedColumn } from "../../src/statistics/namedColumn.ts"
import { plainMean } from "../support/plainStatistics.ts"

const eight = [0.9, 0.91, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97]
const lower = (name: string, by: number): NamedColumn => ({
  name,
  values: eight.map((value, i) => value - by - 0.001 * i),
})
const a: NamedColumn = { name: "a", values: eight }
const b = lower("b", 0.01)
const c = lower("c", 0.02)
const close: NamedColumn = {
  name: "close",
  values: eight.map((value, i) => value + (i % 2 === 0 ? -0.002 : 0.001)),
}
const nothing: NamedColumn = { name: "nothing", values: eight.map(() => null) }

const contest = (columns: readonly NamedColumn[], baseline: string | null = null, smallerIsBetter = false) =>
  contestOf(
    columns,
    comparisonFamily(pairsOf(columns, baseline, smallerIsBetter)).comparisons,
    smallerIsBetter,
  )

describe("contestOf", () => {
  it("names a winner only where it is shown to be better than all the others", () => {
    expect(contest([a, b, c])).toEqual({ best: "a", winner: "a", notAllCompared: null })
    expect(contest([a, close])).toMatchObject({ best: "a", winner: null })
    expect(contest([close, a, c])).toMatchObject({ best: "a", winner: null })
  })

  it("takes the smaller for the better where told so", () => {
    expect(contest([a, b, c], null, true)).toMatchObject({ best: "c", winner: "c" })
  })

  it("needs others with values", () => {
    expect(contest([a])).toEqual({ best: "a", winner: null, notAllCompared: null })
    expect(contest([a, nothing])).toMatchObject({ best: "a", winner: null })
    expect(contest([a, b, nothing])).toMatchObject({ winner: "a" })
    expect(contest([nothing])).toEqual({ best: null, winner: null, notAllCompared: null })
  })

  it("names no winner that was compared with a baseline only", () => {
    expect(contest([a, b, c], "b")).toEqual({ best: "a", winner: null, notAllCompared: "a" })
    expect(contest([a, b, c], "a")).toEqual({ best: "a", winner: "a", notAllCompared: null })
    expect(contest([a, b], "b")).toEqual({ best: "a", winner: "a", notAllCompared: null })
  })

  it.each([
    ["first", [a, b, c]],
    ["second", [b, a, c]],
    ["last", [c, b, a]],
  ])("finds the winner where it stands %s", (_, columns) => {
    expect(contest(columns)).toEqual({ best: "a", winner: "a", notAllCompared: null })
    expect(contest(columns, "a")).toEqual({ best: "a", winner: "a", notAllCompared: null })
    expect(contest(columns, "c")).toEqual({ best: "a", winner: null, notAllCompared: "a" })
    expect(contest(columns, null, true)).toEqual({ best: "c", winner: "c", notAllCompared: null })
  })

  it("names no winner that has the best mean for want of the hard cases, and lost its test on the others", () => {
    // "some" has a score of the eight easy cases only, and each is lower than that of "all".
    const some: NamedColumn = { name: "some", values: [...eight.map((value) => value - 0.01), null, null] }
    const all: NamedColumn = { name: "all", values: [...eight, 0.1, 0.2] }
    for (const columns of [
      [some, all],
      [all, some],
    ]) {
      expect(contest(columns)).toEqual({ best: "some", winner: null, notAllCompared: null })
      expect(contest(columns, "all")).toEqual({ best: "some", winner: null, notAllCompared: null })
      const distances = columns.map(({ name, values }) => ({
        name,
        values: values.map((value) => (value === null ? null : 1 - value)),
      }))
      expect(contest(distances, null, true)).toMatchObject({ best: "some", winner: null })
    }
  })

  it("takes the mean over what is there, and needs a comparison that could be made", () => {
    const other: NamedColumn = { name: "other", values: [...eight.slice(0, 7).map(() => null), 0.99] }
    expect(contest([a, other])).toEqual({ best: "other", winner: null, notAllCompared: null })
    const low: NamedColumn = { name: "low", values: [...eight.slice(0, 7).map(() => null), 0.5] }
    expect(contest([a, low])).toEqual({ best: "a", winner: null, notAllCompared: null })
    expect(contest([low, a, b])).toEqual({ best: "a", winner: null, notAllCompared: null })
  })

  it("takes the first of equal means for the best", () => {
    const twin = { ...a, name: "twin" }
    expect(contest([b, twin, a])).toEqual({ best: "twin", winner: null, notAllCompared: null })
    expect(contest([b, a, twin], null, true).best).toBe("b")
    expect(contest([a, twin], null, true).best).toBe("a")
  })

  const value = fc.option(fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000))
  const table = fc
    .integer({ min: 6, max: 12 })
    .chain((cases) =>
      fc.array(
        fc.record({
          level: fc.integer({ min: 0, max: 4 }),
          values: fc.array(value, { minLength: cases, maxLength: cases }),
        }),
        {
          minLength: 2,
          maxLength: 4,
        },
      ),
    )
    .map((methods) =>
      methods.map(({ level, values }, i) => ({
        name: `m${i}`,
        values: values.map((each) => (each === null ? null : level + each)),
      })),
    )

  test.prop([table, fc.boolean(), fc.integer({ min: -1, max: 3 }), fc.infiniteStream(fc.nat())])(
    "says the same in any order of the columns and of the cases, and a winner has beaten every other",
    (columns, smallerIsBetter, reference, keys) => {
      // Of equal means the first column's counts, and means that differ by arithmetic alone are equal on paper.
      const means = columns.map(({ values }) => plainMean(values.filter((each) => each !== null)))
      const apart = means.every((one, i) =>
        means.every((other, j) => i === j || one === null || other === null || Math.abs(one - other) > 1e-9),
      )
      fc.pre(apart)
      const baseline = columns[reference]?.name ?? null
      const said = contest(columns, baseline, smallerIsBetter)
      const shuffled = <A>(items: readonly A[]): A[] =>
        items
          .map((item) => ({ item, key: keys.next().value }))
          .toSorted((x, y) => x.key - y.key)
          .map(({ item }) => item)
      const cases = shuffled(columns[0]!.values.map((_, i) => i))
      const moved = shuffled(columns).map(({ name, values }) => ({
        name,
        values: cases.map((i) => values[i]!),
      }))
      expect(contest(moved, baseline, smallerIsBetter)).toEqual(said)

      const { comparisons } = comparisonFamily(pairsOf(columns, baseline, smallerIsBetter))
      for (const { name, values } of columns) {
        const own = comparisons.filter(({ first, second }) => first === name || second === name)
        const rivals = columns.filter((one) => one.name !== name && one.values.some((each) => each !== null))
        const won = own.filter((one) => betterName(one) === name).length
        const all = rivals.length > 0 && values.some((each) => each !== null) && won === rivals.length
        if (said.best === name) expect(said.winner).toBe(all ? name : null)
        else expect(said.winner).not.toBe(name)
      }
    },
  )
})
