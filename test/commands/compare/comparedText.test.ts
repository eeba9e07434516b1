import { describe, expect, it } from "vitest"
import { comparedMethods } from "../../../src/commands/compare/comparedMethods.ts"
import { comparedText } from "../../../src/commands/compare/comparedText.ts"
import { findingsOf } from "../../../src/commands/compare/findings.ts"
import type { MetricScores, ScoreTable } from "../../../src/commands/compare/scoreTable.ts"

const eight = [0.9, 0.91, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97]
const lower = (by: number) => eight.map((value, i) => value - by - 0.001 * i)

const metric = (
  name: MetricScores["metric"],
  columns: Readonly<Record<string, readonly (number | null)[]>>,
): MetricScores => ({
  metric: name,
  columns: Object.entries(columns).map(([method, values]) => ({ name: method, values })),
})

const table = (...metrics: readonly MetricScores[]): ScoreTable => ({ cases: 8, metrics })
const textOf = (scores: ScoreTable, baseline: string | null = null) =>
  comparedText("scores.csv", comparedMethods(scores, baseline))
const findings = (scores: ScoreTable, baseline: string | null = null) =>
  findingsOf(comparedMethods(scores, baseline))

describe("comparedText", () => {
  it("has each metric's tables under its title, and what was corrected together, at the end", () => {
    // The distances are the scores turned round: the differences have the other sign and the winner is the same.
    const text = textOf(
      table(metric("dice", { b: lower(0.01), a: eight }), metric("hd95", { b: eight, a: lower(0.01) })),
    )
    // Two comparisons of 2 / 256: 0.0156. The interval as in the report: 0.01145 to 0.01555.
    expect(text).toBe(`scores.csv: 8 cases

Dice: larger is better

method  n    mean      sd  median
b       8  0.9215  0.0220  0.9215
a *     8  0.9350  0.0245  0.9350
* shown to be better than every other method.

first - second  n      mean               95 % CI    median   wins  Wilcoxon p  Holm p  t test p      r  better
b - a           8  -0.01350  -0.01555 to -0.01145  -0.01350  0:8:0      0.0078   0.016    1.1e-6  -1.00  a

HD95: a distance, in the unit of the table; smaller is better

method  n    mean      sd  median
b       8  0.9350  0.0245  0.9350
a *     8  0.9215  0.0220  0.9215
* shown to be better than every other method.

first - second  n      mean               95 % CI    median   wins  Wilcoxon p  Holm p  t test p      r  better
b - a           8  +0.01350  +0.01145 to +0.01555  +0.01350  0:8:0      0.0078   0.016    1.1e-6  +1.00  a

Differences are first - second, case by case; wins: cases in which first is better, second is, neither is.
95 % CI: t interval of the mean difference, not corrected for the number of comparisons.
Holm p: Wilcoxon's signed-rank p, corrected for 2 comparisons of all metrics; below 0.05 it shows a difference.
r: matched-pairs rank-biserial correlation, from -1 to 1, positive where first is larger.

What this shows
- Dice: a is better than every other method.
- Dice: a is better than b (Holm p 0.016).
- HD95: a is better than every other method.
- HD95: a is better than b (Holm p 0.016).
`)
  })

  it("says of a pair that it has fewer than two cases, and shows a dash for what is undefined", () => {
    const one = [0.5, ...eight.slice(1).map(() => null)]
    const text = textOf(table(metric("dice", { a: eight, one, b: lower(0.02) })))
    expect(text).toContain("\none     1  0.5000       –  0.5000\n")
    expect(text).toMatch(/\na - one {4} +fewer than 2\n/)
    expect(text).toContain("corrected for 1 comparison; below")
    expect(text).toContain("- Dice: a and one have fewer than two cases with scores of both.\n")
    expect(text).toContain("- Dice: one and b have fewer than two cases with scores of both.\n")
    expect(text).not.toContain("no difference shown does not mean")
    // One case has all three, ranks 1, 2 and 3: chi-square 12 / 12 x 14 - 12 = 2, and p = exp(-1).
    expect(text).toContain("Friedman's test of all methods doing equally well: p 0.368.\n")
    expect(text).toContain("No method is shown to be better than every other.\n")
  })

  it("says that the direction is a guess where no metric is named", () => {
    expect(textOf(table(metric(null, { a: eight, b: lower(0.02) })))).toContain(
      "\nScores of an unnamed metric: larger is taken to be better (say --metric for distances)\n\n",
    )
  })

  it("marks the winner alone, wherever it stands", () => {
    const [a, b, c] = [eight, lower(0.02), lower(0.05)]
    const marked = (columns: Readonly<Record<string, readonly number[]>>, name: "dice" | "hd95" = "dice") =>
      [...textOf(table(metric(name, columns))).matchAll(/^(\w) \* /gm)].map(([, method]) => method)
    expect([marked({ a, b, c }), marked({ b, a, c }), marked({ c, b, a })]).toEqual([["a"], ["a"], ["a"]])
    expect([marked({ a, b, c }, "hd95"), marked({ c, a, b }, "hd95")]).toEqual([["c"], ["c"]])
  })

  it("names no winner that has the best mean for want of the hard cases, and lost its test on the others", () => {
    const some = [...lower(0.01).slice(0, 7), null]
    const all = [...eight.slice(0, 7), 0.1]
    for (const columns of [
      { some, all },
      { all, some },
    ]) {
      const text = textOf(table(metric("dice", columns)))
      expect(text).not.toContain("*")
      expect(text).toContain("- Dice: all is better than some (Holm p 0.016).\n")
      expect(text).not.toContain("better than every other method.")
    }
  })
})

describe("findingsOf", () => {
  it("closes with what no difference means where some comparison of any metric is open", () => {
    const close = eight.map((value, i) => value + (i % 2 === 0 ? -0.002 : 0.001))
    const last = "no difference shown does not mean that there is none: the interval says how large it may be"
    const open = metric("dice", { a: eight, close })
    const shown = metric("iou", { a: eight, b: lower(0.02) })
    // p of the open one: 0.281; its interval as in the report: -0.0008406 to 0.0018406, to one digit more than 0.97 has.
    const told = [
      "Dice: no difference shown between a and close (95 % CI -0.00084 to +0.00184, Holm p 0.281)",
      "IoU: a is better than every other method",
      "IoU: a is better than b (Holm p 0.016)",
    ]
    expect(findings(table(open, shown))).toEqual([...told, last])
    expect(findings(table(shown, open))).toEqual([told[1], told[2], told[0], last])
    expect(findings(table(shown))).not.toContain(last)
  })

  it("does not name a metric that nobody named", () => {
    expect(findings(table(metric(null, { a: eight, b: lower(0.02) })))).toEqual([
      "a is better than every other method",
      "a is better than b (Holm p 0.0078)",
    ])
  })

  it("says that the best was compared with the baseline only", () => {
    const columns = { a: eight, b: lower(0.02), c: lower(0.05) }
    expect(findings(table(metric("dice", columns)), "b")).toEqual([
      "Dice: a is better than b (Holm p 0.016)",
      "Dice: b is better than c (Holm p 0.016)",
      "Dice: a has the best mean, but was compared with the baseline only",
    ])
  })

  it("tells all of six comparisons, and of more only the best method's, whether it stands first or second", () => {
    const ten = Array.from({ length: 12 }, (_, i) => 0.8 + 0.01 * i)
    const falling = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, j) => [
          `m${j}`,
          ten.map((value, i) => value - 0.01 * j * (1 + i / 100)),
        ]),
      )
    const told = (columns: Readonly<Record<string, readonly number[]>>) =>
      findings({ cases: 12, metrics: [metric("dice", columns)] }).map((text) => text.replace(/ \(.*\)/, ""))
    expect(told(falling(4))).toEqual([
      ...["every other method", "m1", "m2", "m3"].map((name) => `Dice: m0 is better than ${name}`),
      ...["Dice: m1 is better than m2", "Dice: m1 is better than m3", "Dice: m2 is better than m3"],
    ])
    const best = ["m1", "m2", "m3", "m4"].map((name) => `Dice: m0 is better than ${name}`)
    const head = [
      "Dice: m0 is better than every other method",
      "Dice: 10 of 10 comparisons show a difference",
    ]
    expect(told(falling(5))).toEqual([...head, ...best])
    const turned = Object.fromEntries(Object.entries(falling(5)).toReversed())
    expect(told(turned)).toEqual([...head, ...best.toReversed()])
  })

  it("tells all of six comparisons with a baseline, and of seven none without the best", () => {
    const twelve = Array.from({ length: 12 }, (_, i) => 0.8 + 0.01 * i)
    const columns = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, j) => [
          `m${j}`,
          twelve.map((value, i) => value - 0.01 * j * (1 + i / 100)),
        ]),
      )
    const told = (count: number) =>
      findings({ cases: 12, metrics: [metric("dice", columns(count))] }, `m${count - 1}`).filter((text) =>
        text.includes(`is better than m${count - 1}`),
      )
    expect([told(7), told(8)].map((sentences) => sentences.length)).toEqual([6, 1])
  })

  it("says when nothing could be shown, or compared", () => {
    const five = (values: readonly number[]) => values.slice(0, 5)
    const few = { a: five(eight), b: five(lower(0.1)), c: five(lower(0.2)) }
    expect(findings({ cases: 5, metrics: [metric("dice", few)] })).toEqual([
      "with 5 cases and 3 comparisons the smallest corrected p that the test can give is 0.188: no difference could have been shown, however large",
    ])
    const none = { a: [0.1, null], b: [null, 0.2] }
    expect(findings({ cases: 2, metrics: [metric("dice", none)] })).toEqual([
      "no two methods have scores of the same two cases: nothing can be compared",
    ])
  })
})
