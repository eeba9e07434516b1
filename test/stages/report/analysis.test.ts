import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { byMetric, type MetricName } from "../../../src/metrics/scores.ts"
import { analyse } from "../../../src/stages/report/analysis.ts"
import { findingsOf } from "../../../src/stages/report/findings.ts"
import type { ReportCell } from "../../../src/stages/reportInput.ts"
import { expectClose } from "../../support/close.ts"
import { cell, done, reportInput, scoresOf } from "../../support/reportInput.ts"

/** A finished cell with these values per patient. */
const scored = (
  method: string,
  seed: string | null,
  values: Partial<Record<MetricName, readonly (number | null)[]>>,
): ReportCell => {
  const outcome = done(method, 0.9)
  if (outcome.tag !== "done") throw new Error("not done")
  const patients = (values.dice ?? []).map((_, i) => ({
    patient: `p${i}`,
    slices: 3,
    scored: 3,
    missed: 0,
    falseAlarms: 0,
    values: byMetric((metric) => values[metric]?.[i] ?? null),
  }))
  return cell(method, seed, { ...outcome, scores: scoresOf(patients) })
}

const analysisOf = (cells: readonly ReportCell[], baseline: string | null = null) =>
  analyse(reportInput({ cells, references: [], panels: [], baseline }))

const near = { absolute: 1e-12 }

const eight = [0.9, 0.91, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97]
const lower = (by: number) => eight.map((value, i) => value - by - 0.001 * i)

describe("analyse", () => {
  it("averages the runs of a method per patient before anything else", () => {
    const { columns } = analysisOf([
      scored("a", "1", { dice: [0.8, 0.6] }),
      scored("a", "2", { dice: [0.9, null] }),
    ])
    // Patient 0: (0.8 + 0.9) / 2; patient 1 is defined in one run only.
    expect(columns).toHaveLength(1)
    expectClose(columns[0]!.values.dice as number[], [0.85, 0.6], near)
    expectClose(columns[0]!.summary.dice.mean!, 0.725, near)
    expect(columns[0]!.undefinedValues.dice).toBe(1)
  })

  it("pairs by patient and counts who was left out", () => {
    const { between } = analysisOf([
      scored("a", null, { dice: [0.9, 0.8, null] }),
      scored("b", null, { dice: [0.8, 0.6, 0.5] }),
    ])
    const [comparison] = between.dice!.comparisons
    expect(comparison).toMatchObject({ first: "a", second: "b", dropped: 1 })
    expect(comparison!.result).toMatchObject({ n: 2, firstBetter: 2, secondBetter: 0 })
    expectClose(comparison!.result!.meanDifference, 0.15, near)
  })

  it("corrects by Holm over every pair, or over the comparisons with the baseline", () => {
    const cells = [
      scored("a", null, { dice: eight }),
      scored("b", null, { dice: lower(0.01) }),
      scored("c", null, { dice: lower(0.02) }),
    ]
    // All eight differences have one sign: p = 2 / 2^8.
    const every = analysisOf(cells).between.dice!
    expect(every.comparisons).toHaveLength(3)
    expectClose(every.comparisons[0]!.result!.holmP, (3 * 2) / 256, near)
    const withBaseline = analysisOf(cells, "b").between.dice!
    expect(withBaseline.comparisons.map(({ first, second }) => `${first}-${second}`)).toEqual(["a-b", "c-b"])
    expectClose(withBaseline.comparisons[0]!.result!.holmP, (2 * 2) / 256, near)
    expectClose(withBaseline.smallestP!, (2 * 2) / 256, near)
  })

  it("names a winner only where the corrected test shows it to be better than all the others", () => {
    const a = scored("a", null, { dice: eight })
    const close = scored("b", null, { dice: eight.map((value, i) => value + (i % 2 === 0 ? -0.002 : 0.001)) })
    expect(analysisOf([a, scored("b", null, { dice: lower(0.01) })]).winner.dice).toBe("a")
    expect(analysisOf([a, close]).winner.dice).toBeNull()
    expect(analysisOf([a, close, scored("c", null, { dice: lower(0.02) })]).winner.dice).toBeNull()
    expect(analysisOf([a]).winner.dice).toBeNull()
  })

  it("names no winner among methods that were only tested against the baseline", () => {
    const a = scored("a", null, { dice: eight })
    const b = scored("b", null, { dice: lower(0.01) })
    const c = scored("c", null, { dice: lower(0.02) })
    const nothing = scored("d", null, { dice: eight.map(() => null) })
    const told = (cells: readonly ReportCell[], baseline: string) => {
      const { winner, onlyWithBaseline } = analysisOf(cells, baseline)
      return [winner.dice, onlyWithBaseline.dice]
    }
    expect(told([a, b, c], "b")).toEqual([null, "a"])
    expect(told([a, b, c], "a")).toEqual(["a", null])
    expect(told([a, b], "b")).toEqual(["a", null])
    expect(told([a, b, nothing], "b")).toEqual(["a", null])
  })

  it("names the methods that are no better than the mean training mask, by their means", () => {
    const outcome = done("mask", 0.93)
    if (outcome.tag !== "done") throw new Error("not done")
    const references = [{ name: "mean training mask", scores: outcome.scores }]
    const mean = outcome.scores.summary.dice.mean!
    const cells = [
      scored("above", null, { dice: [mean + 0.01], hd95: [0] }),
      scored("equal", null, { dice: [mean], hd95: [1e3] }),
      scored("none", null, { dice: [null] }),
    ]
    const { noBetterThanMask } = analyse(reportInput({ cells, references, panels: [] }))
    expect(noBetterThanMask).toEqual({ dice: ["equal"], hd95: ["equal"] })
  })

  it("takes for no better than the mean training mask what only arithmetic puts above it", () => {
    const noBetter = (dice: readonly number[], mask: readonly number[]) => {
      const { outcome } = scored("mask", null, { dice: mask })
      if (outcome.tag !== "done") throw new Error("not done")
      const references = [{ name: "mean training mask", scores: outcome.scores }]
      const cells = [scored("a", null, { dice })]
      return analyse(reportInput({ cells, references, panels: [] })).noBetterThanMask.dice!
    }
    expect((0.1 + 0.2 + 0.3) / 3).toBeGreaterThan((0.3 + 0.2 + 0.1) / 3)
    expect(noBetter([0.1, 0.2, 0.3], [0.3, 0.2, 0.1])).toEqual(["a"])
    expect(noBetter([0.1, 0.2, 0.3], [0.3, 0.2, 0.099])).toEqual([])
    expect(noBetter([0.1, 0.2, 0.3], [0.3, 0.2, 0.101])).toEqual(["a"])
  })

  it("names no winner that has the best mean for want of the hard patients, and lost its test on the others", () => {
    const some = scored("some", null, { dice: [...lower(0.01), null, null] })
    const all = scored("all", null, { dice: [...eight, 0.1, 0.2] })
    for (const cells of [
      [some, all],
      [all, some],
    ])
      for (const baseline of [null, "all", "some"]) {
        const analysis = analysisOf(cells, baseline)
        expect([analysis.best.dice, analysis.winner.dice]).toEqual(["some", null])
        expect(findingsOf(reportInput({ cells, references: [], panels: [] }), analysis)[0]!.text).toMatch(
          /^Dice: “all” is better than “some” \(\+0\.0135, /,
        )
      }
  })

  it("takes the smaller distance for the better one", () => {
    const far = scored("far", null, { dice: eight, hd95: eight.map((value) => 3 + value) })
    const near = scored("near", null, { dice: eight, hd95: eight.map((value, i) => 2 + value - 0.01 * i) })
    expect(analysisOf([far, near]).winner.hd95).toBe("near")
  })

  it("cannot show anything with five patients, however large the difference", () => {
    const { between, winner } = analysisOf([
      scored("a", null, { dice: eight.slice(0, 5) }),
      scored("b", null, { dice: lower(0.5).slice(0, 5) }),
    ])
    expectClose(between.dice!.smallestP!, 2 / 32, near)
    expect(winner.dice).toBeNull()
  })

  it("has no comparison below two finished methods, and ignores a baseline that is not there", () => {
    const failed = cell("b", null, { tag: "failed", kind: "numerics", message: "NaN" })
    const analysis = analysisOf([scored("a", null, { dice: eight }), failed], "nobody")
    expect(analysis.between.dice).toEqual({ comparisons: [], smallestP: null })
    expect(analysis.baseline).toBeNull()
    expect(analysis.columns[1]).toMatchObject({
      runs: 0,
      missed: null,
      summary: { dice: { n: 0, mean: null } },
    })
  })

  it("finds in the paper's Table 2 no winner on either metric", () => {
    const [header, ...rows] = readFileSync(new URL("../../fixtures/table2.csv", import.meta.url), "utf8")
      .trim()
      .split("\n")
      .map((line) => line.split(","))
    const column = (name: string) => rows.map((row) => Number(row[header!.indexOf(name)]))
    const analysis = analysisOf(
      ["adaptiveFocal", "agBce", "focal"].map((method) =>
        scored(method, null, { dice: column(`${method}.dice`), hd95: column(`${method}.hd95`) }),
      ),
    )
    expect(analysis.winner).toEqual({ dice: null, hd95: null })
    const p = analysis.between.dice!.comparisons.map(({ result }) => result!.wilcoxonP)
    expectClose(p, [0.622, 2.7e-5, 8.2e-5], { absolute: 5e-4 })
  })
})
