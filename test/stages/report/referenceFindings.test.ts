import { describe, expect, it } from "vitest"
import { analyse } from "../../../src/stages/report/analysis.ts"
import { referenceFindings } from "../../../src/stages/report/metricFindings.ts"
import type { ReportCell, ReportInput } from "../../../src/stages/reportInput.ts"
import { reportInput } from "../../support/reportInput.ts"
import { a, b, c, eight, lower, method, scoresFrom, type Values } from "./methodsOf.ts"

describe("referenceFindings", () => {
  const against = (cells: readonly ReportCell[], references: Readonly<Record<string, Values>>) => {
    const rows = Object.entries(references).map(([name, values]) => ({ name, scores: scoresFrom(values) }))
    const input: ReportInput = reportInput({ cells, references: rows, panels: [] })
    return referenceFindings(analyse(input)).map(({ kind, text }) => `${kind}: ${text}`)
  }
  const between = { dice: lower(0.015) }

  it("names who is better, worse and open, whichever order the methods have", () => {
    const d = method("d", { dice: lower(0.015).map((value, i) => value + (i % 2 === 0 ? -0.002 : 0.001)) })
    expect(against([a, c, d], { r: between })).toEqual([
      "shown: Against “r”: Dice better: “a”, worse: “c”, no difference shown: “d”.",
    ])
    expect(against([d, c, b, a], { r: between })).toEqual([
      "shown: Against “r”: Dice better: “b” and “a”, worse: “c”, no difference shown: “d”.",
    ])
  })

  it("tells both metrics where they differ, and distances by the smaller being better", () => {
    const both = method("m", { dice: eight, hd95: eight })
    const other = { dice: lower(0.01), hd95: lower(0.01) }
    expect(against([both], { r: other })).toEqual(["shown: Against “r”: Dice better: “m”; HD95 worse: “m”."])
    const same = { dice: lower(0.01), hd95: eight.map((value) => value + 0.01) }
    expect(against([both], { r: same })).toEqual(["shown: Against “r”: Dice and HD95 better: “m”."])
  })

  it("tells metrics together that say the same, and of those alone that were asked for", () => {
    const values = { dice: eight, iou: eight, hd95: eight, nsd: eight }
    const other = { dice: lower(0.01), iou: lower(0.01), hd95: lower(0.01), nsd: lower(0.01) }
    const rows = [{ name: "r", scores: scoresFrom(other) }]
    const toldOf = (metrics: ReportInput["metrics"]) =>
      referenceFindings(
        analyse(reportInput({ cells: [method("m", values)], references: rows, panels: [], metrics })),
      ).map(({ text }) => text)
    expect(toldOf(["iou", "hd95", "nsd"])).toEqual(["Against “r”: IoU and NSD better: “m”; HD95 worse: “m”."])
    expect(toldOf(["nsd"])).toEqual(["Against “r”: NSD better: “m”."])
  })

  it("gathers references of the same outcome, and keeps those of another apart", () => {
    const references = { r: between, mid: { dice: lower(0.005) }, s: { dice: lower(0.05) } }
    expect(against([a, b], references)).toEqual([
      "shown: Against “r” and “s”: Dice better: every method.",
      "shown: Against “mid”: Dice better: “a”, worse: “b”.",
    ])
    expect(against([a], references)[0]).toBe("shown: Against “r”, “mid” and “s”: Dice better: “a”.")
    const nothing = method("nothing", { dice: eight.map(() => null) })
    expect(against([a, b, nothing], { r: between })[0]).toBe(
      "shown: Against “r”: Dice better: every method with a score.",
    )
  })

  it("is open where nothing differs, and where so few patients could show nothing", () => {
    expect(against([a], { r: { dice: eight } })).toEqual([
      "open: Against “r”: Dice no difference shown: “a”.",
    ])
    const five = (values: readonly number[]) => values.slice(0, 5)
    const cells = [method("a", { dice: five(eight) }), method("b", { dice: five(lower(0.1)) })]
    expect(against(cells, { r: { dice: five(lower(0.01)) } })).toEqual([
      "open: Comparisons with references: with 5 patients and 2 comparisons the smallest corrected p that the test can give is 0.125: no difference could have been shown, however large. Below 6 patients the two-sided exact Wilcoxon test never reaches 0.05.",
    ])
  })

  it("tells of the reference that most patients share, where none could show anything", () => {
    const first = (count: number) => eight.map((value, i) => (i < count ? value - 0.01 : null))
    const start = "open: Comparisons with references: with 5 patients and 1 comparison the"
    for (const counts of [
      [5, 3],
      [3, 5],
    ])
      expect(against([a], { r: { dice: first(counts[0]!) }, s: { dice: first(counts[1]!) } })[0]).toMatch(
        new RegExp(`^${start} smallest corrected p that the test can give is 0\\.063:`),
      )
    // One that could have shown something: no such sentence.
    expect(against([a], { r: { dice: first(3) }, s: { dice: first(6) } })).toEqual([
      "open: Against “r”: Dice no difference shown: “a”.",
      "shown: Against “s”: Dice better: “a”.",
    ])
  })

  it.each([
    ["fewer comparisons", [], [2, 3, 4, 5], "4 patients and 1 comparison"],
    ["more patients where the smallest p is the same", [], [0, 1, 2, 4, 5], "5 patients and 2 comparisons"],
    ["the smaller p before more patients", ["d"], [0, 1, 2, 4, 5], "4 patients and 1 comparison"],
  ])("tells of the reference that could have shown most: %s", (_, more, kept, told) => {
    // a has all eight patients, the others the last four; the first reference meets a alone, on four: 2 / 16.
    const late = ["c", ...more].map((name) =>
      method(name, { dice: lower(0.05).map((value, i) => (i < 4 ? null : value)) }),
    )
    const on = (patients: readonly number[]): Values => ({
      dice: eight.map((value, i) => (patients.includes(i) ? value - 0.01 : null)),
    })
    const [four, other] = [on([0, 1, 2, 3]), on(kept)]
    for (const references of [
      { r: four, s: other },
      { r: other, s: four },
    ] as Readonly<Record<string, Values>>[])
      expect(against([a, ...late], references)[0]).toContain(`Comparisons with references: with ${told} the`)
  })

  it("says nothing without a reference, or of one without a value in common", () => {
    expect(against([a], {})).toEqual([])
    expect(against([a], { r: { dice: eight.map(() => null) } })).toEqual([])
  })
})
