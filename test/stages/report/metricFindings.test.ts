import { describe, expect, it } from "vitest"
import { analyse } from "../../../src/stages/report/analysis.ts"
import { methodFindings } from "../../../src/stages/report/metricFindings.ts"
import type { ReportCell } from "../../../src/stages/reportInput.ts"
import { reportInput } from "../../support/reportInput.ts"
import { a, b, c, eight, lower, method } from "./methodsOf.ts"

const told = (metric: "dice" | "hd95", cells: readonly ReportCell[], baseline: string | null = null) =>
  methodFindings(metric, analyse(reportInput({ cells, references: [], panels: [], baseline }))).map(
    ({ kind, text }) => `${kind}: ${text}`,
  )

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
