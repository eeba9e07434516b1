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

  it("makes every pair where the baseline is none of the columns", () => {
    expect(namesOf("nobody")).toEqual(["a-b", "a-c", "b-c"])
  })

  it("says of every pair which direction is better", () => {
    for (const baseline of [null, "b"])
      for (const smaller of [true, false])
        expect(pairsOf([a, b, c], baseline, smaller).map(({ smallerIsBetter }) => smallerIsBetter)).toEqual(
          baseline === null ? [smaller, smaller, smaller] : [smaller, smaller],
        )
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

  it("knows the smallest p of the pair with most cases, and no p above one", () => {
    // Three comparisons of at most two cases: 3 x 2 / 4 would be 1.5.
    const [x, y, z] = ["x", "y", "z"].map((name, i) => named(name, [0.1 * i, 0.2 * i]))
    expect(comparisonFamily(pairsOf([x!, y!, z!], null, false)).smallestP).toBe(1)
    expect(comparisonFamily(pairsOf([x!, y!], null, false)).smallestP).toBe(2 / 4)
    // a and b share eight cases, the short column three with each: two of the three comparisons have three.
    const short = named("short", [...eight.slice(0, 3), null, null, null, null, null])
    const columns = [short, a, b]
    expect(comparisonFamily(pairsOf(columns, null, false)).smallestP).toBe((3 * 2) / 256)
    expect(comparisonFamily(pairsOf(columns, "short", false)).smallestP).toBe((2 * 2) / 8)
  })

  it("keeps each pair's own result in the order of the pairs, though a pair between them has none", () => {
    const nothing = named(
      "nothing",
      eight.map(() => null),
    )
    const { comparisons, smallestP } = comparisonFamily(pairsOf([a, nothing, b, c], null, false))
    expect(comparisons.map(({ first, second, dropped }) => `${first}-${second} ${dropped}`)).toEqual([
      ...["a-nothing 8", "a-b 0", "a-c 0", "nothing-b 8", "nothing-c 8", "b-c 0"],
    ])
    const differences = comparisons.map(({ result }) => result?.meanDifference.toFixed(4))
    expect(differences).toEqual([undefined, "0.0135", "0.0335", undefined, undefined, "0.0200"])
    expect(comparisons.map(({ result }) => result?.holmP)).toEqual([
      ...[undefined, 6 / 256, 6 / 256, undefined, undefined, 6 / 256],
    ])
    expect(smallestP).toBe(6 / 256)
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

  it("needs a mean and ranks that lean to one side, of distances likewise", () => {
    const sideOf = (meanDifference: number, rankBiserial: number, smallerIsBetter: boolean) => {
      const [comparison] = comparisonFamily(pairsOf([a, b], null, smallerIsBetter)).comparisons
      return shownBetter({
        ...comparison!,
        result: { ...comparison!.result!, meanDifference, rankBiserial, holmP: 0.049 },
      })
    }
    for (const smaller of [true, false]) {
      expect([sideOf(0, 0.5, smaller), sideOf(0.5, 0, smaller), sideOf(0, 0, smaller)]).toEqual([
        null,
        null,
        null,
      ])
      expect([sideOf(0, -0.5, smaller), sideOf(-0.5, 0, smaller)]).toEqual([null, null])
      expect([sideOf(-0.5, 0.5, smaller), sideOf(0.5, -0.5, smaller)]).toEqual([null, null])
      expect(sideOf(0.001, 0.5, smaller)).toBe(smaller ? "second" : "first")
      expect(sideOf(-0.001, -0.5, smaller)).toBe(smaller ? "first" : "second")
    }
  })

  it("is named by the column on that side", () => {
    const [comparison] = comparisonFamily(pairsOf([b, a], null, false)).comparisons
    expect([shownBetter(comparison!), betterName(comparison!)]).toEqual(["second", "a"])
    expect(betterName({ ...comparison!, smallerIsBetter: true })).toBe("b")
    expect(betterName({ ...comparison!, result: null })).toBeNull()
  })
})
