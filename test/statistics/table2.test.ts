import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { betterName, comparisonFamily, pairsOf } from "../../src/statistics/comparisonFamily.ts"
import { friedmanP } from "../../src/statistics/friedmanP.ts"
import { summarize } from "../../src/statistics/summarize.ts"
import fixture from "../fixtures/statistics.json" with { type: "json" }
import { expectClose } from "../support/close.ts"

// The 120 numbers of the paper's Table 2: 20 cases, three losses, Dice and HD95 in mm.
const [header, ...cases] = readFileSync(new URL("../fixtures/table2.csv", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => line.split(","))
const column = (name: string): number[] => cases.map((row) => Number(row[header!.indexOf(name)]))

const columnOf = (method: string, metric: string) => ({ name: method, values: column(`${method}.${metric}`) })

/** Both metrics corrected together, three comparisons of each: first - second. */
const { comparisons } = comparisonFamily(
  ["dice", "hd95"].flatMap((metric) =>
    pairsOf(
      ["adaptiveFocal", "agBce", "focal"].map((method) => columnOf(method, metric)),
      null,
      metric === "hd95",
    ),
  ),
)
const results = comparisons.map(({ result }) => result!)

describe("Table 2 of the paper, recomputed", () => {
  it.each([
    ["adaptiveFocal.dice", 0.940013, 0.0175, 0.9424],
    ["focal.dice", 0.913972, 0.0235, 0.9163],
    ["agBce.dice", 0.939764, 0.0237, 0.9458],
    ["adaptiveFocal.hd95", 1.948677, 0.558, 2.031],
    ["focal.hd95", 2.497254, 0.641, 2.376],
    ["agBce.hd95", 2.000584, 0.671, 1.947],
  ])("has the printed mean in column %s", (name, mean, sd, median) => {
    const summary = summarize(column(name))
    expect(summary.n).toBe(20)
    expectClose(summary.mean!, mean, { absolute: 1e-6 })
    expectClose(summary.sd!, sd, { absolute: 5e-4 })
    expectClose(summary.median!, median, { absolute: 5e-4 })
  })

  it("does not tell adaptive focal loss from AG-BCE", () => {
    const [dice, , , hd95] = results
    expect([dice!.firstBetter, hd95!.firstBetter]).toEqual([9, 9])
    expectClose([dice!.wilcoxonP, hd95!.wilcoxonP], [0.622, 0.898], { absolute: 5e-4 })
    expect(comparisons.map(betterName)).toEqual([
      ...[null, "adaptiveFocal", "agBce"],
      ...[null, "adaptiveFocal", "agBce"],
    ])
  })

  it("corrects all six comparisons together", () => {
    const adjusted = results.map(({ holmP }) => holmP)
    expectClose(adjusted, [1, 1.6e-4, 4.1e-4, 1, 1.6e-3, 1.1e-2], { relative: 0.05 })
  })

  it("agrees with scipy", () => {
    expect(fixture.table2.pairs).toHaveLength(results.length)
    fixture.table2.pairs.forEach((pair, i) => {
      const { first, second, dropped } = comparisons[i]!
      const result = results[i]!
      expect([first, second, dropped]).toEqual([pair.first, pair.second, 0])
      expect(pair.ties).toBe(0)
      expect([result.firstBetter, result.secondBetter]).toEqual([pair.firstBetter, pair.secondBetter])
      for (const name of ["meanDifference", "medianDifference", "rankBiserial"] as const)
        expectClose(result[name], pair[name], { absolute: 1e-13 })
      expectClose(result.confidenceInterval, pair.confidenceInterval, { absolute: 1e-12 })
      expectClose(result.wilcoxonP, pair.wilcoxonP, { relative: 1e-12 })
      expectClose(result.holmP, pair.holmP, { relative: 1e-12 })
      expectClose(result.pairedTP, pair.pairedTP, { relative: 1e-9 })
    })
    for (const metric of ["dice", "hd95"] as const) {
      const columns = ["adaptiveFocal", "focal", "agBce"].map((method) => columnOf(method, metric))
      expectClose(friedmanP(columns)!, fixture.table2.friedmanP[metric], { relative: 1e-11 })
    }
  })
})
