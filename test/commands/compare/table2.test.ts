import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import fixture from "../../fixtures/statistics.json" with { type: "json" }
import { expectClose } from "../../support/close.ts"
import { type ComparedJson, comparedAsJson } from "./tableFile.ts"

// The paper's Table 2: 20 cases, three losses, Dice and HD95 in mm.
const table2 = fileURLToPath(new URL("../../fixtures/table2.csv", import.meta.url))

/** The pair of these two, turned so that every difference is first - second. */
const pairOf = ({ pairs }: ComparedJson, first: string, second: string) => {
  const found = pairs.find((pair) => pair.first === first && pair.second === second)
  if (found !== undefined) return found
  const back = pairs.find((pair) => pair.first === second && pair.second === first)!
  const [low, high] = back.confidenceInterval
  return {
    ...back,
    meanDifference: -back.meanDifference,
    medianDifference: -back.medianDifference,
    confidenceInterval: [-high, -low],
    firstBetter: back.secondBetter,
    secondBetter: back.firstBetter,
    rankBiserial: -back.rankBiserial,
  }
}

describe("compare, on the paper's Table 2", () => {
  it("finds no difference between adaptive focal loss and AG-BCE", async () => {
    const metrics = await comparedAsJson(table2)
    const pairs = metrics.map((metric) => pairOf(metric, "adaptiveFocal", "agBce"))
    expectClose(
      pairs.map(({ wilcoxonP }) => wilcoxonP),
      [0.622, 0.898],
      { absolute: 5e-4 },
    )
    for (const pair of pairs)
      expect(pair).toMatchObject({ n: 20, dropped: 0, firstBetter: 9, secondBetter: 11, ties: 0, holmP: 1 })
  })

  it("gives scipy's numbers, corrected for all six comparisons together", async () => {
    const metrics = await comparedAsJson(table2)
    expect(metrics.map(({ metric, methods, n }) => [metric, methods, n])).toEqual([
      ["dice", ["adaptiveFocal", "focal", "agBce"], 20],
      ["hd95", ["adaptiveFocal", "focal", "agBce"], 20],
    ])
    for (const { metric, friedmanP, summary, ...rest } of metrics) {
      const expected = fixture.table2.pairs.filter((pair) => pair.metric === metric)
      expect(expected).toHaveLength(rest.pairs.length)
      for (const pair of expected) {
        const found = pairOf({ metric, friedmanP, summary, ...rest }, pair.first, pair.second)
        for (const name of ["meanDifference", "medianDifference", "rankBiserial"] as const)
          expectClose(found[name], pair[name], { absolute: 1e-13 })
        expectClose(found.confidenceInterval, pair.confidenceInterval, { absolute: 1e-12 })
        expectClose(found.wilcoxonP, pair.wilcoxonP, { relative: 1e-12 })
        expectClose(found.holmP, pair.holmP, { relative: 1e-12 })
        expectClose(found.pairedTP, pair.pairedTP, { relative: 1e-9 })
        expect([found.firstBetter, found.secondBetter]).toEqual([pair.firstBetter, pair.secondBetter])
      }
      expectClose(friedmanP!, fixture.table2.friedmanP[metric as "dice" | "hd95"], { relative: 1e-11 })
      for (const [method, { n, mean, sd, median }] of Object.entries(summary)) {
        const column = fixture.table2.columns[`${method}.${metric}` as "agBce.dice"]
        expect(n).toBe(20)
        expectClose([mean, sd, median], [column.mean, column.sd, column.median], { relative: 1e-12 })
      }
    }
  })

  it("corrects for the three comparisons of one metric, or the two with a baseline", async () => {
    const [dice] = await comparedAsJson(table2, { metric: "Dice" })
    const smallest = pairOf(dice!, "adaptiveFocal", "focal")
    expect(smallest.holmP).toBe(3 * smallest.wilcoxonP)
    const [withBaseline] = await comparedAsJson(table2, { metric: "dice", baseline: "agBce" })
    expect(withBaseline!.pairs.map(({ first, second }) => [first, second])).toEqual([
      ["adaptiveFocal", "agBce"],
      ["focal", "agBce"],
    ])
    expect(withBaseline!.pairs[1]!.holmP).toBe(2 * withBaseline!.pairs[1]!.wilcoxonP)
  })
})
