import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { analyse } from "../../../src/stages/report/analysis.ts"
import { comment } from "../../../src/stages/report/comment.ts"
import type { Finding } from "../../../src/stages/report/finding.ts"
import { report } from "../../../src/stages/report.ts"
import type { ReportInput } from "../../../src/stages/reportInput.ts"
import { plainColumns } from "../../support/plainReport.ts"
import { plainMean } from "../../support/plainStatistics.ts"
import { decimalsShown, headingOf, randomReport, runsOf } from "../../support/randomReport.ts"
import { cell, done, reference, reportInput } from "../../support/reportInput.ts"
import { expectShown } from "../../support/shown.ts"

const commentOf = (method: string) =>
  report(
    reportInput({
      title: `${method} | title`,
      cells: [cell(method, null, done(method, 0.9)), cell("b", null, { tag: "interrupted" })],
      panels: [],
    }),
  )["comment.md"]!

describe("comment", () => {
  it("has the state, the means with n, the references and the command", () => {
    const text = commentOf("agBce")
    expect(text).toContain("1 of 2 cells done.")
    expect(text).toMatch(/\| `agBce` \| done \| 0\.\d{3} \(n = 20\) \| \d\.\d{2} \(n = 20\) \| \d/)
    expect(text).toContain("| `b` | interrupted | – (n = 0) | – (n = 0) | – |")
    expect(text).toContain("| `clinician` | reference |")
    expect(text).toContain("`losslab run experiments/adaptive.yaml`")
  })

  it("mentions nobody, links nowhere and breaks no table", () => {
    const text = commentOf("@team #1 https://x.test [a](b) <img> `c`|\n| d |")
    const outsideCode = text.replaceAll(/`[^`]*`/g, "")
    expect(outsideCode).not.toMatch(/@team|#1|:\/\/x|(?<!\\)\[a\]|<img/)
    const widths = text
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .map((line) => line.match(/(?<!\\)\|/g)!.length)
    expect(new Set(widths)).toEqual(new Set([6]))
  })

  const rowsOf = (input: ReportInput): string[][] =>
    comment(input, analyse(input), [])
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .map((line) => line.slice(2, -2).split(" | "))

  test.prop([fc.integer()], { numRuns: 20 })(
    "has a row for each method and reference, with its states, means, counts and gradient norm",
    (seed) => {
      const input = randomReport(seed)
      const columns = plainColumns(input)
      const [head, , ...rows] = rowsOf(input)
      expect(head).toEqual([
        ...["Method", "State", ...input.metrics.map((metric) => `Mean ${headingOf(metric)}`)],
        "Gradient norm at step 0",
      ])
      const text = comment(input, analyse(input), [])
      const finished = input.cells.filter(({ outcome }) => outcome.tag === "done").length
      const all = input.cells.length === 1 ? "1 cell" : `${input.cells.length} cells`
      expect(text).toContain(`\n${finished} of ${all} done.\n`)
      expect(text.includes("\n† No better")).toBe(rows.flat().some((cell) => cell.includes("†")))
      expect(rows).toHaveLength(columns.length)
      for (const [i, { name, kind, summary }] of columns.entries()) {
        const [shown, state, ...rest] = rows[i]!
        const norm = rest.pop()
        expect(shown).toBe(`\`${name}\``)
        const states: string[] = []
        for (const { method, outcome } of input.cells) {
          const own = {
            done: "done",
            failed: "failed (numerics)",
            interrupted: "interrupted",
            notRun: "not run",
          }
          if (method === name && !states.includes(own[outcome.tag])) states.push(own[outcome.tag])
        }
        expect(state).toBe(kind === "method" ? states.join(", ") : "reference")
        expect(rest).toHaveLength(input.metrics.length)
        for (const [m, metric] of input.metrics.entries()) {
          const [, mean, n] = /^\**([^* ]*)\**(?: †)? \(n = (\d+)\)$/.exec(rest[m]!)!
          expectShown(mean!, summary[metric].mean, decimalsShown(metric))
          expect(n).toBe(String(summary[metric].n))
        }
        const norms = runsOf(input, name).map(({ outcome }) => outcome.history.gradientNormAtStart)
        const expected = kind === "method" ? plainMean(norms) : null
        expectShown(norm!, expected, expected === null ? 0 : 4 - (Math.floor(Math.log10(expected)) + 1))
      }
    },
  )

  it("has its title, its count of cells, its table's head and the command, in order", () => {
    const cells = [cell("a", null, done("a", 0.9)), cell("b", null, { tag: "notRun" })]
    const input = reportInput({ title: "A_title", cells, references: [], panels: [] })
    const findings: Finding[] = [
      { kind: "open", text: "Open *one*" },
      { kind: "shown", text: "Shown one" },
      { kind: "shown", text: "Shown two" },
    ]
    const lines = comment(input, analyse(input), findings).split("\n")
    expect(lines.filter((line) => !line.startsWith("| `"))).toEqual([
      ...["### A\\_title", "", "1 of 2 cells done.", ""],
      "| Method | State | Mean Dice | Mean HD95 (mm) | Gradient norm at step 0 |",
      ...["|---|---|---:|---:|---:|", ""],
      ...["**Shown**", "", "- Shown one", "- Shown two", ""],
      ...["**Not shown, and limits**", "", "- Open \\*one\\*", ""],
      "Made by `losslab run experiments/adaptive.yaml`; the whole report is `report/index.html`.",
      "",
    ])
    expect(comment(input, analyse(input), [])).not.toMatch(/\*\*(Shown|Not shown)/)
  })

  const marksOf = (input: ReportInput) =>
    rowsOf(input)
      .slice(2)
      .map(([name, , ...means]) => [name, ...means.slice(0, 2).map((text) => text.replaceAll(/[^*†]/g, ""))])

  it("bolds the winner's means alone, wherever it stands, and no reference's that is called the same", () => {
    const cells = [0.85, 0.95, 0.9].map((value, i) => cell(`m${i}`, null, done(`m${i}`, value)))
    for (const order of [cells, cells.toReversed(), [cells[1]!, cells[0]!, cells[2]!]]) {
      const marks = marksOf(reportInput({ cells: order, references: [reference("m1", 0.99)], panels: [] }))
      expect(marks.toSorted()).toEqual(
        [
          ["`m0`", "", ""],
          ["`m1`", "****", "****"],
          ["`m1`", "", ""],
          ["`m2`", "", ""],
        ].toSorted(),
      )
    }
  })

  it("marks the methods that are no better than the mean training mask, and says what the mark means", () => {
    const cells = [0.95, 0.8].map((value, i) => cell(`m${i}`, null, done(`m${i}`, value)))
    const references = [reference("mean training mask", 0.85), reference("m1", 0.5)]
    const input = reportInput({ cells, references, panels: [] })
    expect(marksOf(input)).toEqual([
      ["`m0`", "****", "****"],
      ["`m1`", "†", "†"],
      ["`mean training mask`", "", ""],
      ["`m1`", "", ""],
    ])
    const note = "\n† No better than the mean training mask, which never looks at the image.\n\n"
    expect(comment(input, analyse(input), [])).toContain(note)
    const good = reportInput({ cells: cells.slice(0, 1), references, panels: [] })
    expect(comment(good, analyse(good), [])).not.toContain("†")
  })

  it("breaks up what Markdown would make of names and sentences", () => {
    const input = reportInput({ title: "a\n b & <c> # www.x.y ~!", command: "a `b` | c\n d", panels: [] })
    const text = comment(input, analyse(input), [{ kind: "open", text: "see @me and http://x {}[]" }])
    expect(text).toContain("### a b &amp; &lt;c&gt; #<!-- --> www.<!-- -->x.y \\~\\!\n")
    expect(text).toContain("- see @<!-- -->me and http://<!-- -->x \\{\\}\\[\\]\n")
    expect(text).toContain("Made by `a 'b' \\| c d`; ")
  })
})
