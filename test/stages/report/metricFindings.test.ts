import { describe, expect, it } from "vitest"
import { byMetric, type MetricName } from "../../../src/metrics/scores.ts"
import { analyse } from "../../../src/stages/report/analysis.ts"
import { methodFindings, referenceFindings } from "../../../src/stages/report/metricFindings.ts"
import type { ReportCell, ReportInput } from "../../../src/stages/reportInput.ts"
import { cell, done, reportInput, scoresOf } from "../../support/reportInput.ts"

type Values = Partial<Record<MetricName, readonly (number | null)[]>>

const scoresFrom = (values: Values) =>
  scoresOf(
    (Object.values(values)[0] ?? []).map((_, i) => ({
      patient: `p${i}`,
      slices: 1,
      scored: 1,
      missed: 0,
      falseAlarms: 0,
      values: byMetric((metric) => values[metric]?.[i] ?? null),
    })),
  )

const method = (name: string, values: Values): ReportCell => {
  const outcome = done(name, 0.9)
  if (outcome.tag !== "done") throw new Error("not done")
  return cell(name, null, { ...outcome, scores: scoresFrom(values) })
}

const told = (metric: "dice" | "hd95", cells: readonly ReportCell[], baseline: string | null = null) =>
  methodFindings(metric, analyse(reportInput({ cells, references: [], panels: [], baseline }))).map(
    ({ kind, text }) => `${kind}: ${text}`,
  )

const eight = [0.9, 0.91, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97]
/** Below the first eight by this much, and by a thousandth more from each patient to the next. */
const lower = (by: number) => eight.map((value, i) => value - by - 0.001 * i)
// a - b: 0.010, 0.011, ... 0.017: mean 0.0135, SD 0.00245, so the interval is 0.0135 -+ 2.3646 x 0.00245 / sqrt(8)
// = 0.0115 to 0.0155. All of one sign: p = 2 / 2^8 = 0.0078.
const a = method("a", { dice: eight })
const b = method("b", { dice: lower(0.01) })
const c = method("c", { dice: lower(0.03) })
/** As good as a: differences of 0.002 and -0.001 in turn. */
const close = (name: string) =>
  method(name, { dice: eight.map((value, i) => value + (i % 2 === 0 ? -0.002 : 0.001)) })

const overB = "“b” (+0.0135, 95 % CI +0.0115 to +0.0155, Holm p = 0.008, n = 8)"

describe("methodFindings", () => {
  it.each([
    ["first", [a, b]],
    ["second", [b, a]],
  ])("gives the winner's lead with its sign and interval where it stands %s", (_, cells) => {
    expect(told("dice", cells)).toEqual([
      `shown: Dice: “a” has the best mean (0.935) and is better than ${overB}.`,
    ])
  })

  it.each([
    ["first", [a, b, c]],
    ["second", [b, a, c]],
    ["last", [b, c, a]],
  ])("tells of a winner of three first where it stands %s", (_, cells) => {
    // Three comparisons: 3 x 0.0078 = 0.023. a - c is 0.02 more than a - b; b - c is 0.02 for each.
    const p = "Holm p = 0.023, n = 8"
    expect(told("dice", cells)).toEqual([
      `shown: Dice: “a” has the best mean (0.935) and is better than “b” (+0.0135, 95 % CI +0.0115 to +0.0155, ${p}) and “c” (+0.0335, 95 % CI +0.0315 to +0.0355, ${p}).`,
      `shown: Dice: “b” is better than “c” (+0.0200, 95 % CI +0.0200 to +0.0200, ${p}).`,
    ])
  })

  it.each([
    ["first", true],
    ["second", false],
  ])("takes the smaller distance for the better one where it stands %s", (_, first) => {
    // Twice the differences above, of the other sign.
    const near = method("near", { hd95: lower(0.01).map((value) => 2 * value) })
    const far = method("far", { hd95: eight.map((value) => 2 * value) })
    expect(told("hd95", first ? [near, far] : [far, near])).toEqual([
      "shown: HD95: “near” has the best mean (1.84 mm) and is better than “far” (−0.027 mm, 95 % CI −0.031 to −0.023, Holm p = 0.008, n = 8).",
    ])
  })

  it.each([
    ["first", [a, close("d")]],
    ["second", [close("d"), a]],
  ])("says what is open between the best and another where the best stands %s", (_, cells) => {
    // Differences 0.002 and -0.001: mean 0.0005, SD 0.0016036, half 2.3646 x 0.0016036 / sqrt(8) = 0.0013406.
    // Ranks of 0.001 are 2.5, of 0.002 6.5: W- = 10. Sums of 2.5 j + 6.5 k up to 10, of j and k of 4 each:
    // k = 0, any j: 16; k = 1, j <= 1: 4 x 5 = 20. 2 x 36 / 256 = 0.281.
    expect(told("dice", cells)).toEqual([
      "open: Dice: “a” has the best mean (0.935), but no difference was shown from “d” (+0.0005, 95 % CI −0.0008 to +0.0018, Holm p = 0.281, n = 8). This does not show that they are equal: any difference inside the interval fits the data.",
    ])
  })

  it("does not count among what is open to the best method what is open between others, nor what it won", () => {
    const d = method("d", { dice: lower(0.01).map((value, i) => value + (i % 2 === 0 ? -0.002 : 0.001)) })
    for (const cells of [
      [a, b, d],
      [b, d, a],
      [d, a, b],
    ]) {
      const findings = told("dice", cells)
      expect(findings).toHaveLength(1)
      expect(findings[0]).toMatch(
        /^shown: Dice: “a” has the best mean \(0\.935\) and is better than “[bd]” .* and “[bd]” /,
      )
    }
    const withClose = told("dice", [c, a, close("d")])
    expect(withClose.map((text) => text.replaceAll(/ \([^)]*\)/g, ""))).toEqual([
      "shown: Dice: “a” is better than “c”.",
      "shown: Dice: “d” is better than “c”.",
      "open: Dice: “a” has the best mean, but no difference was shown from “d”. This does not show that they are equal: any difference inside the interval fits the data.",
    ])
  })

  it("leaves the numbers of more than two comparisons to the table", () => {
    const d = method("d", { dice: lower(0.05) })
    expect(told("dice", [a, b, c, d])[0]).toBe(
      "shown: Dice: “a” has the best mean (0.935) and is better than “b”, “c” and “d”.",
    )
  })

  it("says with a baseline what the best was not compared with", () => {
    const only = " It was tested against the baseline only, not against the others."
    const p = "Holm p = 0.016, n = 8"
    expect(told("dice", [c, a, b], "b")).toEqual([
      `shown: Dice: “a” has the best mean (0.935) and is better than “b” (+0.0135, 95 % CI +0.0115 to +0.0155, ${p}).${only}`,
      `shown: Dice: “b” is better than “c” (+0.0200, 95 % CI +0.0200 to +0.0200, ${p}).`,
    ])
    const open = told("dice", [a, c, close("d")], "d")
    expect(open.at(-1)).toMatch(new RegExp(`^open: .*“d” .* fits the data\\.${only}$`))
    expect(told("dice", [a, b], "b")[0]).toBe(
      `shown: Dice: “a” has the best mean (0.935) and is better than ${overB}.`,
    )
  })

  it("says that two methods have too few patients in common", () => {
    const halves = [0, 4].map((from) => eight.map((value, i) => (i < from || i >= from + 5 ? null : value)))
    const [low, high] = halves.map((dice, i) => method(`m${i}`, { dice }))
    // Patients 0 to 4 and 4 to 7: only one has both.
    expect(told("dice", [low!, high!, method("all", { dice: lower(0.05) })])[0]).toBe(
      "open: Dice: “m1” has the best mean (0.955), but with 5 patients and 2 comparisons the smallest corrected p that the test can give is 0.125: no difference could have been shown, however large. Below 6 patients the two-sided exact Wilcoxon test never reaches 0.05.",
    )
    const twelve = [...eight, 0.98, 0.981, 0.982, 0.983]
    const gaps = (name: string, by: number, kept: (i: number) => boolean) =>
      method(name, { dice: twelve.map((value, i) => (kept(i) ? value - by - 0.001 * i : null)) })
    const findings = told("dice", [
      gaps("x", 0, (i) => i >= 11),
      gaps("y", 0.02, () => true),
      gaps("z", 0.04, () => true),
    ])
    expect(findings.at(-1)).toContain(
      "“x” has the best mean (0.972), but no difference was shown from “y” (fewer than two patients have both values) and “z” (fewer than two patients have both values).",
    )
  })

  it("speaks of six patients without the sentence about fewer", () => {
    const six = [0, 0.01, 0.02].map((by, i) => method(`m${i}`, { dice: lower(by + 0.0002).slice(0, 6) }))
    // 3 x 2 / 64
    expect(told("dice", six)[0]).toMatch(
      /with 6 patients and 3 comparisons .* is 0\.094: .*, however large\.$/,
    )
  })

  it("speaks of more cases than five without the sentence about five", () => {
    // 21 comparisons of eight patients: 21 x 2 / 256.
    const seven = Array.from({ length: 7 }, (_, i) => method(`m${i}`, { dice: lower(0.01 * i + 0.0002) }))
    expect(told("dice", seven)).toEqual([
      "open: Dice: “m0” has the best mean (0.931), but with 8 patients and 21 comparisons the smallest corrected p that the test can give is 0.164: no difference could have been shown, however large.",
    ])
  })

  it.each([
    ["six", 7, 6],
    ["seven", 8, 2],
  ])("tells each of %s comparisons with a baseline or counts them", (_, count, sentences) => {
    const ten = Array.from({ length: 12 }, (_, i) => 0.8 + 0.01 * i)
    const cells = Array.from({ length: count }, (_, j) =>
      method(`m${j}`, { dice: ten.map((value, i) => value - 0.01 * j * (1 + i / 100)) }),
    )
    // With the last as the baseline each of the others is better.
    const findings = told("dice", cells, `m${count - 1}`)
    expect(findings).toHaveLength(sentences)
    expect(findings[0]).toContain("“m0” has the best mean")
    expect(findings.join().includes("7 of 7 comparisons show a difference (Table 2b).")).toBe(count === 8)
  })

  it("counts the differences where there are more than six comparisons, and names only the best one's", () => {
    const ten = Array.from({ length: 10 }, (_, i) => 0.8 + 0.01 * i)
    const five = (step: number) =>
      Array.from({ length: 5 }, (_, j) =>
        method(`m${j}`, { dice: ten.map((value, i) => value - step * (4 - j) * (1 + i / 100)) }),
      )
    expect(told("dice", five(0.01))).toEqual([
      "shown: Dice: “m4” has the best mean (0.845) and is better than “m0”, “m1”, “m2” and “m3”.",
      "shown: Dice: 10 of 10 comparisons show a difference (Table 2b).",
    ])
    const equal = Array.from({ length: 5 }, (_, j) =>
      method(`m${j}`, { dice: ten.map((value, i) => value + (i % 2 === 0 ? 0.001 : -0.001) * j) }),
    )
    expect(told("dice", equal)[0]).toBe("open: Dice: 0 of 10 comparisons show a difference (Table 2b).")
    // Four methods: six comparisons, which are all told.
    expect(told("dice", five(0.01).slice(1)).join()).not.toContain("comparisons show")
    expect(told("dice", five(0.01).slice(1))).toHaveLength(3)
  })

  it("says nothing without a comparison", () => {
    expect(told("dice", [a])).toEqual([])
    expect(told("hd95", [a, b])).toEqual([])
  })
})

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
