import { describe, expect, it } from "vitest"
import { byMetric } from "../../../src/metrics/scores.ts"
import { analyse } from "../../../src/stages/report/analysis.ts"
import { findingsOf } from "../../../src/stages/report/findings.ts"
import type { ReportCell, ReportInput } from "../../../src/stages/reportInput.ts"
import { cell, done, reference, reportInput } from "../../support/reportInput.ts"
import { methods, scoredFrom, told } from "./toldFindings.ts"

describe("findingsOf", () => {
  it("says who is better, by how much, and only where the corrected test shows it", () => {
    const { shown, open } = told({ cells: methods([0.94, 0.9]) })
    expect(shown).toMatch(
      /^Dice: “m0” has the best mean \(0\.\d{3}\) and is better than “m1” \(\+0\.0\d{3}, 95 % CI/,
    )
    expect(open).not.toContain("Dice:")
  })

  it("says that no difference was shown, that this is no equality, and how many patients there were", () => {
    const { shown, open } = told({ cells: methods([0.9401, 0.94]) })
    expect(shown).toBe("")
    expect(open).toMatch(/Dice: “m\d” has the best mean .* but no difference was shown from “m\d” .*n = 20\)/)
    expect(open).toContain("This does not show that they are equal")
  })

  it("tells only the best method's comparisons where there are many", () => {
    const { shown } = told({ cells: methods([0.8, 0.84, 0.88, 0.92, 0.96]) })
    expect(shown).toMatch(/Dice: “m4” has the best mean .* is better than “m0”, “m1”, “m2” and “m3”\./)
    expect(shown).toContain("Dice: 10 of 10 comparisons show a difference (Table 2b).")
    expect(shown).not.toContain("“m3” is better")
  })

  it("says so when the best method was tested against the baseline only", () => {
    const cells = methods([0.8, 0.88, 0.96])
    const only = "It was tested against the baseline only"
    expect(told({ cells, baseline: "m0" }).shown).toMatch(
      new RegExp(`Dice: “m2” has the best mean .* and is better than “m0” .*${only}`),
    )
    expect(told({ cells, baseline: "m2" }).shown).not.toContain(only)
    expect(told({ cells: cells.slice(1), baseline: "m1" }).shown).not.toContain(only)
  })

  it("says that five patients could not have shown anything", () => {
    const { shown, open } = told({ cells: methods([0.95, 0.8], 5) })
    expect(shown).toBe("")
    expect(open).toContain(
      "with 5 patients and 1 comparison the smallest corrected p that the test can give is 0.063",
    )
    expect(open).toContain("Below 6 patients the two-sided exact Wilcoxon test never reaches 0.05.")
  })

  it("names the cells that did not finish", () => {
    const cells = [
      ...methods([0.94]),
      cell("m1", null, { tag: "failed", kind: "numerics", message: "NaN" }),
      cell("m2", null, { tag: "interrupted" }),
    ]
    expect(told({ cells }).open).toContain(
      "2 of 3 cells did not finish and count in no mean: “m1” failed (numerics) and “m2” interrupted.",
    )
    expect(told({ cells: cells.slice(1) }).open).toContain("No cell finished")
  })

  it("says so when nothing could be compared with the baseline", () => {
    const cells = [...methods([0.94, 0.9]), cell("m2", null, { tag: "interrupted" })]
    expect(told({ cells, baseline: "m0" }).open).not.toContain("every pair")
    expect(told({ cells, baseline: "m2" }).open).toContain(
      "The baseline “m2” has no finished run: every pair was compared instead.",
    )
    expect(told({ cells, baseline: "m3" }).open).toContain(
      "The baseline “m3” is none of the methods: every pair was compared instead.",
    )
  })

  it("holds the methods against each reference, together where the outcome is the same", () => {
    const { shown } = told({
      cells: methods([0.94, 0.8]),
      references: [
        reference("mean training mask", 0.87),
        reference("student", 0.88),
        reference("clinician", 0.99),
      ],
    })
    expect(shown).toContain(
      "Against “mean training mask” and “student”: Dice and HD95 better: “m0”, worse: “m1”.",
    )
    expect(shown).toContain("Against “clinician”: Dice and HD95 worse: every method.")
  })

  it("makes no statement about seeds from one run each, and gives the range of several", () => {
    expect(told({ cells: methods([0.94]) }).open).toContain(
      "Each method was run once: nothing here says how far another seed would move the numbers, and a small difference may be one of seeds, not of losses.",
    )
    const repeated = ["1", "2"].map((seed) => cell("a", seed, done(`a${seed}`, 0.9)))
    expect(told({ cells: repeated }).open).toMatch(
      /Mean Dice of single runs: “a” 0\.\d{3} to 0\.\d{3} \(2 runs\)\./,
    )
  })

  it("warns where losses differ in scale", () => {
    const cells = [cell("a", null, done("a", 0.9)), cell("b", null, done("b", 0.9, { scale: 10 }))]
    expect(told({ cells }).open).toContain("One learning rate confounds losses of different scale")
    expect(told({ cells: methods([0.9, 0.91]) }).open).not.toContain("learning rate")
  })

  it("says what the empty-mask policy does not punish, and warns of mixed policies", () => {
    const [first, second] = methods([0.9, 0.91])
    expect(told({ cells: [first!, second!] }).open).toMatch(
      /policy “skip”.*missed 0, false alarms \d+( to \d+)? \(Table 2a\)/,
    )
    if (second?.outcome.tag !== "done") throw new Error("not done")
    const scores = { ...second.outcome.scores, empty: "worst" } as const
    const other = { ...second, outcome: { ...second.outcome, scores } }
    expect(told({ cells: [first!, other] }).open).toContain(
      "Empty masks were scored by different policies (skip and worst): these values do not compare.",
    )
  })

  it("warns of HD95 by mixed conventions and NSD at mixed tolerances", () => {
    const [first, second] = methods([0.9, 0.91])
    if (second?.outcome.tag !== "done") throw new Error("not done")
    const scores = { ...second.outcome.scores, hd95: "contour", toleranceMm: 1 } as const
    const { open } = told({ cells: [first!, { ...second, outcome: { ...second.outcome, scores } }] })
    expect(open).toContain(
      "HD95 was computed by different conventions (pooled and contour): these values do not compare.",
    )
    expect(open).toContain(
      "NSD was computed at different tolerances (2 mm and 1 mm): these values do not compare.",
    )
    const alike = told({ cells: [first!, second] }).open
    expect(alike).not.toContain("different")
  })

  it("names the cell that did not finish of two, and all where none did", () => {
    const failed = cell("m1", null, { tag: "failed", kind: "numerics", message: "NaN" })
    expect(told({ cells: [failed, ...methods([0.94])] }).open).toContain(
      "1 of 2 cells did not finish and count in no mean: “m1” failed (numerics).",
    )
    expect(told({ cells: [failed] }).open).toBe(
      "No cell finished, so there is nothing to compare: “m1” failed (numerics).",
    )
    expect(told({ cells: methods([0.94]) }).open).not.toContain("finish")
  })

  it("gives the range of single runs of each method, and one number where they agree", () => {
    const run = (method: string, seed: string, dice: number | null) => ({
      ...scoredFrom(method, { values: { ...byMetric(() => null), dice } }, seed),
      method,
    })
    const { open } = told({
      cells: [
        run("a", "1", 0.7),
        run("a", "2", 0.9),
        run("a", "3", 0.8),
        run("b", "1", 0.5),
        run("b", "2", 0.5),
        run("c", "1", null),
        run("d", "1", 0.25),
      ],
    })
    expect(open).toContain(
      "Runs of a method are averaged per patient before testing, so the tests speak about patients, not about seeds. Mean Dice of single runs: “a” 0.700 to 0.900 (3 runs), “b” 0.500 (2 runs), “c” undefined (0 runs) and “d” 0.250 (1 run).",
    )
    expect(open).not.toContain("Each method was run once")
    const once = told({ cells: [run("a", "1", 0.7), cell("b", null, { tag: "interrupted" })] }).open
    expect(once).toContain("Each method was run once")
    expect(told({ cells: [cell("b", null, { tag: "interrupted" })] }).open).not.toContain("run once")
  })

  it("names the methods of the largest and the smallest gradient, and how far they are apart", () => {
    const norm = (name: string, gradientNormAtStart: number) => {
      const outcome = done(name, 0.9)
      if (outcome.tag !== "done") throw new Error("not done")
      return cell(name, null, { ...outcome, history: { ...outcome.history, gradientNormAtStart } })
    }
    const said = (...cells: readonly ReturnType<typeof norm>[]) => told({ cells }).open
    const text =
      "At step 0 the gradient of “big” (norm 12.00) is 6.0 times that of “small” (2.000). One learning rate confounds losses of different scale: a difference may come from the size of the steps, not from the loss."
    const [small, middle, big] = [norm("small", 2), norm("middle", 5), norm("big", 12)]
    expect(said(small, middle, big)).toContain(text)
    expect(said(big, small, middle)).toContain(text)
    // Twice as large is told, less is not; what is zero or no number does not count.
    expect(said(norm("a", 2), norm("b", 4))).toContain("is 2.0 times")
    expect(said(norm("a", 2), norm("b", 3.99))).not.toContain("learning rate")
    expect(said(norm("a", 0.2), norm("b", 0.5))).toContain("(norm 0.5000) is 2.5 times that of “a” (0.2000)")
    expect(said(norm("a", 5), { ...norm("b", 1), outcome: { tag: "notRun" } })).not.toContain("learning rate")
    expect(said({ ...norm("b", 1), outcome: { tag: "notRun" } })).not.toContain("learning rate")
    expect(said(norm("a", 2), norm("b", 0))).not.toContain("learning rate")
    expect(said(norm("a", 2), norm("b", Number.POSITIVE_INFINITY))).not.toContain("learning rate")
  })

  it("gives the range of misses and false alarms per run, where there are any under the policy “skip”", () => {
    const [none, some] = [
      { missed: 0, falseAlarms: 0 },
      { missed: 1, falseAlarms: 2 },
    ]
    const affected = told({ cells: [scoredFrom("a", none), scoredFrom("b", some)] }).open
    // Twenty patients.
    expect(affected).toContain(
      "Under the empty-mask policy “skip”, slices that a method missed, and its false alarms, do not lower its means. Slices per run: missed 0 to 20, false alarms 0 to 40 (Table 2a).",
    )
    expect(told({ cells: [scoredFrom("a", some)] }).open).toContain("missed 20, false alarms 40 (Table 2a)")
    expect(told({ cells: [scoredFrom("a", { missed: 1, falseAlarms: 0 })] }).open).toContain(
      "missed 20, false",
    )
    expect(told({ cells: [scoredFrom("a", { missed: 0, falseAlarms: 1 })] }).open).toContain(
      "missed 0, false",
    )
    const notRun = cell("z", null, { tag: "notRun" })
    expect(told({ cells: [scoredFrom("a", some), notRun] }).open).toContain("missed 20, false alarms 40 (")
    expect(told({ cells: [scoredFrom("a", none)] }).open).not.toContain("Slices per run")
    const worst = scoredFrom("a", some)
    if (worst.outcome.tag !== "done") throw new Error("not done")
    const scores = { ...worst.outcome.scores, empty: "worst" } as const
    const cells = [{ ...worst, outcome: { ...worst.outcome, scores } }]
    expect(told({ cells }).open).not.toMatch(/Slices per run|different policies/)
  })

  it("warns of chance where more than two metrics are tested", () => {
    const warned = (cells: readonly ReportCell[], metrics: ReportInput["metrics"]) =>
      told({ cells, metrics }).open.includes("3 metrics are tested, each corrected on its own")
    expect(warned(methods([0.9, 0.94]), ["dice", "iou", "hd95"])).toBe(true)
    expect(warned(methods([0.9, 0.94]), ["dice", "hd95"])).toBe(false)
    expect(warned(methods([0.9]), ["dice", "iou", "hd95"])).toBe(false)
  })

  it("tells the mean of single runs by the first metric of the report, with its unit", () => {
    const cells = ["1", "2"].map((seed) =>
      scoredFrom("a", { values: { ...byMetric(() => null), hd95: 2 * Number(seed), dice: 0.5 } }, seed),
    )
    const same = cells.map((one) => ({ ...one, method: "a" }))
    expect(told({ cells: same, metrics: ["hd95", "dice"] }).open).toContain(
      "Mean HD95 of single runs: “a” 2.00 to 4.00 mm (2 runs).",
    )
  })

  it("tells things in order: cells, baseline, methods, references, runs, scale, conventions, empty masks", () => {
    const cells = [
      cell("a", null, done("a", 0.94, { scale: 9 })),
      cell("b", null, done("b", 0.9)),
      cell("c", null, { tag: "notRun" }),
    ]
    const references = [reference("mean training mask", 0.8)]
    const input = reportInput({ panels: [], cells, references, baseline: "c" })
    const starts = findingsOf(input, analyse(input)).map(
      ({ kind, text }) => `${kind} ${text.split(" ").slice(0, 2).join(" ")}`,
    )
    expect(starts).toEqual([
      ...["open 1 of", "open The baseline", "shown Dice: “a”", "shown HD95: “a”", "shown Against “mean"],
      ...["open Each method", "open At step", "open Under the"],
    ])
  })
})
