import { describe, expect, it } from "vitest"
import { comparisonFamily, pairsOf } from "../../src/statistics/comparisonFamily.ts"
import { contestOf } from "../../src/statistics/contest.ts"
import type { NamedColumn } from "../../src/statistics/namedColumn.ts"

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
})
