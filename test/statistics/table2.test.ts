import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { friedman } from "../../src/statistics/friedman.ts"
import { holm } from "../../src/statistics/holm.ts"
import { pairedComparison } from "../../src/statistics/pairedComparison.ts"
import { summarize } from "../../src/statistics/summarize.ts"
import fixture from "../fixtures/statistics.json" with { type: "json" }
import { expectClose } from "../support/close.ts"

// The 120 numbers of the paper's Table 2: 20 cases, three losses, Dice and HD95 in mm.
const [header, ...cases] = readFileSync(new URL("../fixtures/table2.csv", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => line.split(","))
const column = (name: string): number[] => cases.map((row) => Number(row[header!.indexOf(name)]))

const pairs = [
  ["adaptiveFocal", "agBce"],
  ["adaptiveFocal", "focal"],
  ["agBce", "focal"],
] as const

const compare = (metric: "dice" | "hd95") =>
  pairs.map(
    ([first, second]) =>
      pairedComparison(column(`${first}.${metric}`), column(`${second}.${metric}`), {
        smallerIsBetter: metric === "hd95",
      })!,
  )

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
    const [dice] = compare("dice")
    const [hd95] = compare("hd95")
    expect([dice!.firstBetter, hd95!.firstBetter]).toEqual([9, 9])
    expectClose([dice!.wilcoxonP, hd95!.wilcoxonP], [0.622, 0.898], { absolute: 5e-4 })
  })

  it("corrects all six comparisons together", () => {
    const adjusted = holm([...compare("dice"), ...compare("hd95")].map(({ wilcoxonP }) => wilcoxonP))
    expectClose(adjusted, [1, 1.6e-4, 4.1e-4, 1, 1.6e-3, 1.1e-2], { relative: 0.05 })
  })

  it("agrees with scipy", () => {
    for (const metric of ["dice", "hd95"] as const) {
      const expected = fixture.table2.pairs.filter((pair) => pair.metric === metric)
      compare(metric).forEach((comparison, i) => {
        const pair = expected[i]!
        expect([pair.first, pair.second]).toEqual(pairs[i])
        expect(pair.ties).toBe(0)
        expect(comparison.firstBetter).toBe(pair.firstBetter)
        for (const name of ["meanDifference", "medianDifference", "rankBiserial"] as const)
          expectClose(comparison[name], pair[name], { absolute: 1e-13 })
        expectClose(comparison.confidenceInterval, pair.confidenceInterval, { absolute: 1e-12 })
        expectClose(comparison.wilcoxonP, pair.wilcoxonP, { relative: 1e-12 })
        expectClose(comparison.pairedTP, pair.pairedTP, { relative: 1e-9 })
      })
      const columns = ["adaptiveFocal", "focal", "agBce"].map((loss) => column(`${loss}.${metric}`))
      const rows = cases.map((_, i) => columns.map((values) => values[i]!))
      expectClose(friedman(rows)!.p, fixture.table2.friedmanP[metric], { relative: 1e-11 })
    }
  })
})
