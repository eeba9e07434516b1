import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { analyse } from "../../../src/stages/report/analysis.ts"
import { comparisonTable, friedmanNote } from "../../../src/stages/report/comparisonTable.ts"
import type { Comparison } from "../../../src/statistics/comparisonFamily.ts"
import { pageTable, unevenTables } from "../../support/pageTable.ts"
import { plainBetter, plainColumns, plainFamily, plainPairs } from "../../support/plainReport.ts"
import { decimalsShown, randomReport } from "../../support/randomReport.ts"
import { expectShown, expectShownP } from "../../support/shown.ts"

const headings = [
  ...["Compared", "n", "mean difference", "95 % CI", "median difference", "wins", "Wilcoxon p", "Holm p"],
  "Corrected test",
]

describe("comparisonTable", () => {
  test.prop([fc.integer()], { numRuns: 25 })(
    "shows every comparison as loops over the input work it out, and who is better",
    (seed) => {
      const input = randomReport(seed)
      const analysis = analyse(input)
      const columns = plainColumns(input)
      for (const metric of input.metrics) {
        const decimals = decimalsShown(metric) + 1
        const family = analysis.between[metric]!
        const group = { heading: "Heading", common: analysis.baseline, metric, family }
        const { text } = comparisonTable("t", "Caption", [group], [])
        expect(unevenTables(text)).toEqual([])
        const { rows } = pageTable(text, "t")!
        const { comparisons } = plainFamily(metric, plainPairs(columns, analysis.baseline))
        const count = comparisons.length === 1 ? "1 comparison" : `${comparisons.length} comparisons`
        expect(rows.slice(0, 2)).toEqual([headings, [`Heading: ${count}`]])
        expect(rows).toHaveLength(2 + comparisons.length)
        comparisons.forEach((comparison, i) => {
          const { first, second, dropped, result } = comparison
          const [name, n, mean, interval, median, wins, wilcoxon, holm, verdict] = rows[2 + i]!
          expect(name).toBe(analysis.baseline === null ? `${first} − ${second}` : first)
          if (result === null) {
            expect(rows[2 + i]!.slice(1)).toEqual([..."–––––––", "fewer than two pairs"])
            return
          }
          expect(n).toBe(dropped === 0 ? String(result.n) : `${result.n} (${dropped} left out)`)
          expectShown(mean!, result.meanDifference, decimals, true)
          const [low, high] = interval!.split(" to ")
          expectShown(low!, result.confidenceInterval[0], decimals, true)
          expectShown(high!, result.confidenceInterval[1], decimals, true)
          expectShown(median!, result.medianDifference, decimals, true)
          expect(wins).toBe(`${result.firstBetter} : ${result.secondBetter}`)
          expectShownP(wilcoxon!, result.wilcoxonP)
          expectShownP(holm!, result.holmP)
          const better = plainBetter(comparison)
          if (better === null) expect(verdict).toBe("no difference shown")
          else if (analysis.baseline === null) expect(verdict).toBe(`${better} better`)
          else expect(verdict).toBe(better === first ? "better" : "worse")
        })
      }
    },
  )

  const won: Comparison = {
    first: "a",
    second: "b",
    smallerIsBetter: false,
    dropped: 0,
    result: {
      n: 8,
      meanDifference: -0.02,
      medianDifference: -0.03,
      confidenceInterval: [-0.04, -0.01],
      firstBetter: 1,
      secondBetter: 7,
      ties: 0,
      wilcoxonP: 0.004,
      holmP: 0.008,
      pairedTP: 0.5,
      rankBiserial: -0.9,
    },
  }
  const verdictOf = (comparison: Comparison, common: string | null, metric: "dice" | "hd95" = "dice") => {
    const family = { comparisons: [comparison], smallestP: 0.008 }
    const groups = [{ heading: "", common, metric, family }]
    return pageTable(comparisonTable("t", "", groups, []).text, "t")!.rows[2]!.at(-1)
  }

  it("names the better of two, and says better or worse than what all are compared with", () => {
    expect([verdictOf(won, null), verdictOf(won, "b")]).toEqual(["b better", "worse"])
    const distance = { ...won, smallerIsBetter: true }
    expect([verdictOf(distance, null), verdictOf(distance, "b")]).toEqual(["a better", "better"])
    const result = { ...won.result!, holmP: 0.05 }
    expect([verdictOf({ ...won, result }, null), verdictOf({ ...won, result }, "b")]).toEqual([
      "no difference shown",
      "no difference shown",
    ])
  })

  it("has its caption, its groups in order, and its notes", () => {
    const group = { common: null, metric: "dice", family: { comparisons: [won], smallestP: 0.1 } } as const
    const table = pageTable(
      comparisonTable(
        "t",
        "The caption",
        [
          { ...group, heading: "One" },
          { ...group, heading: "Two" },
        ],
        ["A note", "Another"],
      ).text,
      "t",
    )!
    expect([table.caption, table.notes]).toEqual(["The caption", ["A note", "Another"]])
    expect(table.rows.filter((row) => row.length === 1)).toEqual([
      ["One: 1 comparison"],
      ["Two: 1 comparison"],
    ])
  })
})

describe("friedmanNote", () => {
  const noted = (dice: number | null, hd95: number | null) =>
    friedmanNote({ metrics: ["dice", "hd95"], friedmanP: { dice, hd95 } }).map(
      (note) => (note as { text: string }).text,
    )

  it("gives both p values, a dash for one that is undefined, and is empty without any", () => {
    const start =
      "Friedman's test of all methods doing equally well (chi-square approximation, not corrected): "
    expect(noted(0.0123, 0.0002)).toEqual([`${start}Dice p = 0.012, HD95 p &lt; 0.001.`])
    expect(noted(null, 0.5)).toEqual([`${start}Dice p = –, HD95 p = 0.500.`])
    expect(noted(0.5, null)).toEqual([`${start}Dice p = 0.500, HD95 p = –.`])
    expect(noted(null, null)).toEqual([])
  })
})
