import { test } from "@fast-check/vitest"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { midRanks } from "../../src/statistics/midRanks.ts"
import { exactUpTo, wilcoxonSignedRank } from "../../src/statistics/wilcoxonSignedRank.ts"
import fixture from "../fixtures/statistics.json" with { type: "json" }
import { expectClose } from "../support/close.ts"

/** By trying every pattern of signs. */
const enumerated = (differences: readonly number[]): number => {
  const nonZero = differences.filter((difference) => difference !== 0)
  const ranks = midRanks(nonZero.map(Math.abs))
  const total = ranks.reduce((sum, rank) => sum + rank, 0)
  const statistic = (signs: number) => {
    const positive = ranks.reduce((sum, rank, i) => sum + rank * ((signs >> i) & 1), 0)
    return Math.min(positive, total - positive)
  }
  const observed = statistic(
    nonZero.reduce((signs, difference, i) => signs | (Number(difference > 0) << i), 0),
  )
  const patterns = 2 ** ranks.length
  let asExtreme = 0
  for (let signs = 0; signs < patterns; signs++) if (statistic(signs) <= observed) asExtreme++
  return asExtreme / patterns
}

describe("wilcoxonSignedRank", () => {
  it("counts the patterns of signs that are as extreme", () => {
    // All five positive: 2 of 2^5 patterns.
    expect(wilcoxonSignedRank([1, 2, 3, 4, 5])).toBe(2 / 32)
    // W- = 1: sums 0 and 1, on either side.
    expect(wilcoxonSignedRank([-1, 2, 3, 4, 5])).toBe(4 / 32)
    // Ranks 1.5, 1.5, 3 and W- = 1.5: sums 0, 1.5, 1.5, and the same on the other side.
    expect(wilcoxonSignedRank([-1, 1, 2])).toBe(6 / 8)
  })

  it("drops zeros, and is one when nothing is left", () => {
    expect(wilcoxonSignedRank([0, 1, 2, 0, 3, 4, 5])).toBe(2 / 32)
    expect(wilcoxonSignedRank([0, 0, 0])).toBe(1)
    expect(wilcoxonSignedRank([])).toBe(1)
    expect(wilcoxonSignedRank([-2])).toBe(1)
  })

  test.prop([fc.array(fc.integer({ min: -6, max: 6 }), { maxLength: 9 })])(
    "equals enumeration, ties and zeros included",
    (differences) => {
      expect(wilcoxonSignedRank(differences)).toBeCloseTo(enumerated(differences), 13)
    },
  )

  it("equals enumeration of twelve differences with ties", () => {
    const differences = [1, -1, 2, 2, 2, -3, 4, 4, 5, -6, 6, 7]
    expect(wilcoxonSignedRank(differences)).toBeCloseTo(enumerated(differences), 14)
  })

  test.prop([fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 40 })])(
    "does not depend on the order of the methods",
    (differences) => {
      const p = wilcoxonSignedRank(differences)
      expect(wilcoxonSignedRank(differences.map((difference) => -difference))).toBe(p)
      expect(p).toBeGreaterThan(0)
      expect(p).toBeLessThanOrEqual(1)
    },
  )

  it("agrees with scipy's exact method without ties, up to the largest exact n", () => {
    expect(Math.max(...fixture.wilcoxon.map(({ differences }) => differences.length))).toBe(exactUpTo)
    for (const { differences, p } of fixture.wilcoxon)
      expectClose(wilcoxonSignedRank(differences), p, { relative: 1e-11 })
  })

  it("agrees with enumeration by numpy and scipy where there are ties and zeros", () => {
    for (const { differences, p } of fixture.tied)
      expectClose(wilcoxonSignedRank(differences), p, { relative: 1e-12 })
  })

  it("is not scipy's exact method where there are ties: that one pretends there are none", () => {
    // Five ranks of 3: every sum is a multiple of 3, and none lies nearer to 7.5 than the observed 6 and 9.
    expect(wilcoxonSignedRank([-1, 1, -1, 1, 1])).toBe(1)
    const same = fixture.tied.find(({ differences }) => differences.join() === "-0.1,0.1,-0.1,0.1,0.1")
    expect(same?.scipy).toEqual({ exact: 0.8125, auto: 1 })
  })

  it("agrees with scipy's normal approximation of many differences with ties and zeros", () => {
    expectClose(wilcoxonSignedRank(fixture.approximate.differences), fixture.approximate.p, {
      relative: 1e-11,
    })
  })
})
