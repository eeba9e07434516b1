import { describe, expect, it } from "vitest"
import { analyse } from "../../../src/stages/report/analysis.ts"
import { comparisonTable } from "../../../src/stages/report/comparisonTable.ts"
import type { Finding } from "../../../src/stages/report/finding.ts"
import { page } from "../../../src/stages/report/page.ts"
import type { ReportInput } from "../../../src/stages/reportInput.ts"
import { pageTable, readable } from "../../support/pageTable.ts"
import { cell, done, panel, reference, reportInput } from "../../support/reportInput.ts"

const pageOf = (changes: Partial<ReportInput> = {}, findings: readonly Finding[] = []): string => {
  const input = reportInput({ panels: [], ...changes })
  return page(input, analyse(input), findings)
}

const cells = [0.95, 0.9, 0.85].map((value, i) => cell(`m${i}`, null, done(`m${i}`, value)))
const interrupted = cell("m3", null, { tag: "interrupted" })

/** The part of the page under a heading of the contents. */
const section = (text: string, id: string): string => {
  const start = text.indexOf(`<section id="${id}">`)
  return text.slice(start, text.indexOf("<section id=", start + 1) >>> 0)
}

describe("the page", () => {
  it("says at its head what it is about", () => {
    const text = pageOf({ cells: [...cells, interrupted] })
    expect(text).toContain("<title>Adaptive focal loss on micro-ultrasound – losslab</title>")
    expect(text).toContain("<h1>Adaptive focal loss on micro-ultrasound</h1>")
    expect(text).toContain('<p class="lede">4 methods, 3 of 4 cells done, 20 test patients.</p>')
    expect(text.startsWith('<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n')).toBe(true)
    expect(text.endsWith("</main>\n</body>\n</html>\n")).toBe(true)
  })

  it("leads to its sections, each of which has its tables and figures", () => {
    const text = pageOf({ cells, panels: [panel("best", ["m0"])] })
    const links = [...text.matchAll(/<a href="#(\w+)">([^<]*)</g)].map(([, id, name]) => [id, name])
    expect(links).toEqual([
      ["findings", "Findings"],
      ["run", "What was run"],
      ["training", "Training"],
      ["scores", "Scores"],
      ["images", "Images"],
      ["method", "Method"],
      ["origin", "Cells and environment"],
    ])
    const held = links.map(([id]) => [
      readable(/<h2>(.*?)<\/h2>/.exec(section(text, id!))![1]!),
      [...section(text, id!).matchAll(/<b>((?:Table|Figure) \w+)\./g)].map(([, name]) => name),
    ])
    expect(held).toEqual([
      ["What this shows, and what not", []],
      ["What was run", []],
      ["Training", ["Table 1", "Figure 1", "Figure 2"]],
      ["Scores", ["Table 2a", "Figure 3", "Table 2b", "Table 2c", "Table 2d"]],
      ["Images", ["Figure 4"]],
      ["How the numbers were made", []],
      ["Cells and environment", ["Table 3", "Table 4"]],
    ])
    expect(section(text, "run")).toContain("Training size")
    expect(section(text, "method")).toContain("Correction")
  })

  it("lists what is shown apart from what is open, and says so where there is none", () => {
    const findings: Finding[] = [
      { kind: "open", text: "Open one" },
      { kind: "shown", text: "Shown <one>" },
      { kind: "shown", text: "Shown two" },
    ]
    const lists = (text: string) =>
      [...section(text, "findings").matchAll(/<section class="(\w+)"><h3>(.*?)<\/h3>(.*?)<\/section>/g)].map(
        ([, kind, heading, list]) => [
          kind,
          heading,
          [...list!.matchAll(/<(?:li|p)>(.*?)<\//g)].map(([, one]) => readable(one!)),
        ],
      )
    expect(lists(pageOf({}, findings))).toEqual([
      ["shown", "Shown", ["Shown <one>", "Shown two"]],
      ["open", "Not shown, and limits", ["Open one"]],
    ])
    expect(lists(pageOf())).toEqual([
      ["shown", "Shown", ["No difference was shown."]],
      ["open", "Not shown, and limits", ["Nothing to add."]],
    ])
  })

  it("compares every pair, or each with the baseline, by both metrics", () => {
    const tableOf = (baseline: string | null) => {
      const input = reportInput({ cells, baseline, panels: [] })
      const analysis = analyse(input)
      const table = pageTable(page(input, analysis, []), "table-2b")!
      // The rows are those of the metric's own family.
      for (const metric of ["dice", "hd95"] as const) {
        const groups = [{ heading: "", common: baseline, metric, family: analysis.between[metric]! }]
        const own = pageTable(comparisonTable("t", "", groups, []).text, "t")!.rows.slice(2)
        expect(table.rows.join("\n")).toContain(own.join("\n"))
      }
      return [table.caption, ...table.rows.filter((row) => row.length === 1).flat()]
    }
    expect(tableOf(null)).toEqual([
      "Table 2b. Paired differences between methods, by patient, every pair.",
      "Dice, first − second: 3 comparisons",
      "HD95 (mm), first − second: 3 comparisons",
    ])
    expect(tableOf("m1")).toEqual([
      "Table 2b. Paired differences between methods, by patient, each with the baseline m1.",
      "Dice, minus m1: 2 comparisons",
      "HD95 (mm), minus m1: 2 comparisons",
    ])
  })

  it("explains table 2b, and names the methods that are not in it", () => {
    const { notes } = pageTable(pageOf({ cells: [...cells, interrupted] }), "table-2b")!
    expect(notes.slice(0, 2)).toEqual([
      "Wins: patients on which the first is better : patients on which what it is compared with is better.",
      "Holm p: corrected for the number of comparisons of the metric. The interval is not corrected.",
    ])
    expect(notes[2]).toMatch(
      /^Friedman's test of all methods doing equally well .*: Dice p < 0\.001, HD95 p < 0\.001\.$/,
    )
    expect(notes.slice(3)).toEqual(["Not compared: m3, interrupted."])
  })

  it("compares with each reference by both metrics", () => {
    const references = [reference("one", 0.9), reference("two", 0.8)]
    const input = reportInput({ cells, references, panels: [] })
    const analysis = analyse(input)
    const { caption, rows, notes } = pageTable(page(input, analysis, []), "table-2c")!
    expect(caption).toBe(
      "Table 2c. Paired differences from the references, by patient; each reference and metric is corrected on its own.",
    )
    expect(notes).toEqual(["Not being shown to differ from an annotator is not the same as being as good."])
    const groups = rows.flatMap((row, i) =>
      row.length === 1 ? [{ heading: row[0], body: rows.slice(i + 1, i + 4) }] : [],
    )
    expect(groups.map(({ heading }) => heading)).toEqual([
      "Dice, minus one: 3 comparisons",
      "HD95 (mm), minus one: 3 comparisons",
      "Dice, minus two: 3 comparisons",
      "HD95 (mm), minus two: 3 comparisons",
    ])
    const families = analysis.withReferences.flatMap(({ reference: common, families: { dice, hd95 } }) => [
      { heading: "", common, metric: "dice" as const, family: dice! },
      { heading: "", common, metric: "hd95" as const, family: hd95! },
    ])
    expect(groups.map(({ body }) => body)).toEqual(
      families.map((group) => pageTable(comparisonTable("t", "", [group], []).text, "t")!.rows.slice(2)),
    )
  })

  it("says so where there is nothing to compare, to show or to look at", () => {
    const alone = pageOf({ cells: cells.slice(0, 1) })
    expect(alone).toContain("<p>Fewer than two methods finished: there is no pair to compare.</p>")
    expect(pageTable(alone, "table-2b")).toBeNull()
    expect(pageTable(alone, "table-2c")).not.toBeNull()
    expect(pageTable(pageOf({ cells, references: [] }), "table-2c")).toBeNull()
    expect(pageTable(pageOf({ cells: [interrupted] }), "table-2c")).toBeNull()
    expect(section(alone, "images")).toContain("<p>No slice to show: no prediction was scored.</p>")
    expect(pageOf({ cells })).not.toContain("Fewer than two methods")
  })

  it("ends with where it was made, by which command and from which experiment", () => {
    const origin = section(pageOf({ environment: { node: "v20", cpu: "one <two>" } }), "origin")
    expect(origin).toContain(
      '<dl class="facts"><div><dt>node</dt><dd>v20</dd></div><div><dt>cpu</dt><dd>one &lt;two&gt;</dd></div></dl>',
    )
    expect(origin).toContain("<h3>Command</h3>\n<pre>losslab run experiments/adaptive.yaml</pre>")
    expect(origin).toContain(
      "<summary>YAML</summary><pre>name: adaptive\nseed: 1234\ntrain:\n  epochs: 10\n</pre>",
    )
    expect(origin).toContain(
      "<code>table-loss.csv</code>, <code>table-scores.csv</code>, <code>statistics.json</code>",
    )
  })
})
