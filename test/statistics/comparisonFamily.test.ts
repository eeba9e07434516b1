import { test } from "@fast-check/vitest"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  betterName,
  type Comparison,
  comparisonFamily,
  pairsOf,
  shownBetter,
} from "../../src/statistics/comparisonFamily.ts"
import type { NamedColumn } from "../../src/statistics/namedColumn.ts"

const named = (name: string, values: readonly (number | null)[]): NamedColumn => ({ name, values })

const eight = [0.9, 0.91, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97]
const a = named("a", eight)
const b = named(
  "b",
  eight.map((value, i) => value - 0.01 - 0.001 * i),
)
const c = named(
  "c",
  eight.map((value, i) => value - 0.03 - 0.001 * i),
)

describe("pairsOf", () => {
  const namesOf = (baseline: string | null) =>
    pairsOf([a, b, c], baseline, false).map(({ first, second }) => `${first.name}-${second.name}`)

  it("makes every pair, or each column with the baseline", () => {
    expect(namesOf(null)).toEqual(["a-b", "a-c", "b-c"])
    expect(namesOf("b")).toEqual(["a-b", "c-b"])
  })
})

describe("comparisonFamily", () => {
  it("corrects all pairs together", () => {
    // Each time all eight differences have one sign: p = 2 / 2^8, and Holm multiplies the three by 3.
    const { comparisons, smallestP } = comparisonFamily(pairsOf([a, b, c], null, false))
    expect(comparisons.map(({ result }) => result?.wilcoxonP)).toEqual([2 / 256, 2 / 256, 2 / 256])
    expect(comparisons.map(({ result }) => result?.holmP)).toEqual([6 / 256, 6 / 256, 6 / 256])
    expect(smallestP).toBe(6 / 256)
  })

  it("corrects metrics of either direction together", () => {
    const pairs = [...pairsOf([a, b], null, false), ...pairsOf([a, b], null, true)]
    const { comparisons } = comparisonFamily(pairs)
    expect(comparisons.map(betterName)).toEqual(["a", "b"])
    expect(comparisons.map(({ result }) => result?.holmP)).toEqual([4 / 256, 4 / 256])
  })

  it("drops the cases that one of the two lacks, and only for this pair", () => {
    const gaps = named("gaps", [null, 0.5, null, 0.4, 0.3, 0.2, 0.1, 0])
    const { comparisons } = comparisonFamily(pairsOf([a, gaps, b], null, false))
    expect(comparisons.map(({ dropped, result }) => [dropped, result?.n])).toEqual([
      [2, 6],
      [0, 8],
      [2, 6],
    ])
  })

  it("does not count a pair of fewer than two cases among the tests", () => {
    const one = named("one", [1, ...eight.slice(1).map(() => null)])
    const { comparisons } = comparisonFamily(pairsOf([a, one, b], null, false))
    expect(comparisons.map(({ result }) => result?.holmP)).toEqual([undefined, 2 / 256, undefined])
    expect(comparisons[0]).toMatchObject({ dropped: 7, result: null })
    expect(shownBetter(comparisons[0]!)).toBeNull()
  })

  it("is empty without a pair", () => {
    expect(comparisonFamily([])).toEqual({ comparisons: [], smallestP: null })
  })

  const value = fc.option(fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000))
  const columns = fc.array(fc.tuple(value, value, value), { minLength: 2, maxLength: 30 }).map((rows) => {
    const column = (i: 0 | 1 | 2) => rows.map((row) => row[i])
    return [named("a", column(0)), named("b", column(1)), named("c", column(2))] as const
  })
  const resultsOf = (comparisons: readonly Comparison[]) => comparisons.map(({ result }) => result)

  test.prop([columns, fc.boolean()])(
    "turns every sign with the order of the methods, and leaves p as it is",
    ([first, second, third], smallerIsBetter) => {
      const forth = comparisonFamily(pairsOf([first, second, third], null, smallerIsBetter))
      const back = comparisonFamily(
        pairsOf([first, second, third], null, smallerIsBetter).map((pair) => ({
          ...pair,
          first: pair.second,
          second: pair.first,
        })),
      )
      expect(back.smallestP).toBe(forth.smallestP)
      forth.comparisons.forEach(({ result }, i) => {
        const other = back.comparisons[i]!.result
        expect(other === null).toBe(result === null)
        if (result === null || other === null) return
        const [low, high] = result.confidenceInterval
        expect(other.meanDifference).toBeCloseTo(-result.meanDifference, 14)
        expect(other.medianDifference).toBeCloseTo(-result.medianDifference, 14)
        expect(other.rankBiserial).toBeCloseTo(-result.rankBiserial, 14)
        expect(other.confidenceInterval[0]).toBeCloseTo(-high, 12)
        expect(other.confidenceInterval[1]).toBeCloseTo(-low, 12)
        expect([other.wilcoxonP, other.holmP]).toEqual([result.wilcoxonP, result.holmP])
        expect(other.pairedTP).toBeCloseTo(result.pairedTP, 12)
        expect([other.firstBetter, other.secondBetter, other.ties]).toEqual([
          result.secondBetter,
          result.firstBetter,
          result.ties,
        ])
        expect(result.firstBetter + result.secondBetter + result.ties).toBe(result.n)
      })
    },
  )

  test.prop([columns, fc.integer({ min: 1, max: 29 }), fc.integer({ min: -5000, max: 5000 })])(
    "does not depend on the order of the cases, nor on what is added to all values",
    (all, shift, thousandths) => {
      const moved = all.map(({ name, values }) => {
        const by = shift % values.length
        const turned = [...values.slice(by), ...values.slice(0, by)]
        return named(
          name,
          turned.map((each) => (each === null ? null : each + thousandths / 1000)),
        )
      })
      const before = resultsOf(comparisonFamily(pairsOf(all, null, false)).comparisons)
      const after = resultsOf(comparisonFamily(pairsOf(moved, null, false)).comparisons)
      before.forEach((result, i) => {
        const other = after[i]!
        expect(other === null).toBe(result === null)
        if (result === null || other === null) return
        expect(other.wilcoxonP).toBeCloseTo(result.wilcoxonP, 14)
        expect(other.holmP).toBeCloseTo(result.holmP, 13)
        expect(other.meanDifference).toBeCloseTo(result.meanDifference, 12)
        expect([other.n, other.firstBetter, other.ties]).toEqual([result.n, result.firstBetter, result.ties])
      })
    },
  )
})

describe("shownBetter", () => {
  it("needs the corrected p, the mean and the ranks to agree", () => {
    const [comparison] = comparisonFamily(pairsOf([a, b], null, false)).comparisons
    const change = (result: Partial<NonNullable<Comparison["result"]>>): Comparison => ({
      ...comparison!,
      result: { ...comparison!.result!, ...result },
    })
    expect(shownBetter(comparison!)).toBe("first")
    expect(shownBetter({ ...comparison!, smallerIsBetter: true })).toBe("second")
    expect(shownBetter(change({ holmP: 0.05 }))).toBeNull()
    expect(shownBetter(change({ meanDifference: -0.01 }))).toBeNull()
    expect(shownBetter(change({ rankBiserial: -1 }))).toBeNull()
  })
})
