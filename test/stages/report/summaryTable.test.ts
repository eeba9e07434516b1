import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { byMetric } from "../../../src/metrics/scores.ts"
import { analyse } from "../../../src/stages/report/analysis.ts"
import { summaryTable } from "../../../src/stages/report/summaryTable.ts"
import type { ReportInput } from "../../../src/stages/reportInput.ts"
import { pageTable, unevenTables } from "../../support/pageTable.ts"
import { plainColumns, plainPatients } from "../../support/plainReport.ts"
import { plainMean } from "../../support/plainStatistics.ts"
import { decimalsShown, headingOf, randomReport, runsOf } from "../../support/randomReport.ts"
import { cell, done, reference, reportInput, scoresOf } from "../../support/reportInput.ts"
import { expectShown } from "../../support/shown.ts"

const tableOf = (input: ReportInput) => pageTable(summaryTable(analyse(input)).text, "table-2a")!

describe("table 2a", () => {
  test.prop([fc.integer()], { numRuns: 25 })("shows every column's summary under its heading", (seed) => {
    const input = randomReport(seed)
    const { text } = summaryTable(analyse(input))
    expect(unevenTables(text)).toEqual([])
    const { caption, rows } = pageTable(text, "table-2a")!
    const columns = plainColumns(input)
    const { metrics } = input
    const patients = plainPatients(input).length
    expect(caption).toBe(
      `Table 2a. Scores on ${patients} test patient${patients === 1 ? "" : "s"}: slices are averaged to a patient, patients to the mean. References are scored in the same way.`,
    )
    const [groups, headings, ...body] = rows
    const spans = [...text.matchAll(/<colgroup span="(\d+)"/g)].map(([, span]) => Number(span))
    expect(spans).toEqual([...metrics.map(() => 4), 2, 1])
    expect(groups).toEqual([
      ...["Method", ...metrics.map(headingOf), "Slices per run", "Gradient norm at step 0"],
    ])
    expect(headings).toEqual([
      ...metrics.flatMap(() => ["mean", "SD", "median", "n"]),
      ...["missed", "false alarms"],
    ])
    const references = columns.findIndex(({ kind }) => kind === "reference")
    if (references >= 0) expect(body.splice(references, 1)).toEqual([["References"]])
    expect(body).toHaveLength(columns.length)
    for (const [i, column] of columns.entries()) {
      const [name, ...cells] = body[i]!
      expect(name!.startsWith(column.name)).toBe(true)
      const next = () => cells.shift()!
      for (const metric of metrics) {
        const { n, mean, sd, median } = column.summary[metric]
        const decimals = decimalsShown(metric)
        expectShown(next().replaceAll(/[*†]/g, ""), mean, decimals)
        expectShown(next(), sd, decimals)
        expectShown(next(), median, decimals)
        expect(next()).toBe(String(n))
      }
      for (const count of [column.missed, column.falseAlarms])
        expectShown(next(), count, Number.isInteger(count) ? 0 : 1)
      const norms = runsOf(input, column.name).map(({ outcome }) => outcome.history.gradientNormAtStart)
      const norm = column.kind === "method" ? plainMean(norms) : null
      const digits = norm === null ? 0 : Math.floor(Math.log10(norm)) + 1
      expectShown(next(), norm, 4 - digits)
      expect(cells).toEqual([])
    }
  })

  it("bolds the winner's mean alone, wherever it stands, by each metric on its own", () => {
    const bold = (dice: readonly number[]) => {
      const cells = dice.map((value, i) => cell(`m${i}`, null, done(`m${i}`, value)))
      const { rows, notes } = tableOf(reportInput({ cells, panels: [] }))
      expect(notes[1]!.endsWith("Here it allows none.")).toBe(!rows.flat().some((text) => text.includes("*")))
      return rows.flatMap((row) => (row.some((text) => text.includes("*")) ? [row[0]] : []))
    }
    expect(bold([0.95, 0.9])).toEqual(["m0"])
    expect(bold([0.9, 0.95])).toEqual(["m1"])
    expect(bold([0.85, 0.95, 0.9])).toEqual(["m1"])
    expect(bold([0.9, 0.9])).toEqual([])
    const cells = [0.95, 0.9].map((value, i) => cell(`m${i}`, null, done(`m${i}`, value)))
    // Best of all, but a reference is no method.
    const references = [reference("m9", 0.99)]
    const { rows } = tableOf(reportInput({ cells, references, panels: [] }))
    expect(rows.map((row) => [row[0], row[1]?.[0] === "*", row[5]?.[0] === "*"]).slice(2)).toEqual([
      ["m0", true, true],
      ["m1", false, false],
      ["References", false, false],
      ["m9", false, false],
    ])
  })

  it("does not give a reference the bold print, the mark, the baseline or the norm of a method called the same", () => {
    const cells = [cell("m0", null, done("m0", 0.95)), cell("m1", null, done("m1", 0.8))]
    const references = [reference("m0", 0.5), reference("mean training mask", 0.85), reference("m1", 0.5)]
    const { rows } = tableOf(reportInput({ cells, references, panels: [], baseline: "m0" }))
    expect(rows[2]![0]).toBe("m0 (baseline)")
    expect([rows[2]![1]![0], rows[3]![1]!.at(-1)]).toEqual(["*", "†"])
    expect([rows[5]![0], rows[5]!.at(-1)]).toEqual(["m0", "–"])
    expect(rows[5]!.join()).not.toMatch(/[*†]/)
    expect(rows[6]!.join()).not.toMatch(/[*†]/)
    expect(rows[7]![0]).toBe("m1")
    expect(rows[7]!.join()).not.toMatch(/[*†]/)
    expect(rows[2]!.join()).not.toContain("†")
  })

  it("explains its signs below, those that it has", () => {
    const notes = (changes: Partial<ReportInput>) => tableOf(reportInput({ panels: [], ...changes })).notes
    const cells = [0.95, 0.9, 0.85].map((value, i) => cell(`m${i}`, null, done(`m${i}`, value)))
    const n =
      "n: patients with a value. Missed: the expert marked something and the prediction is empty. False alarm: the reverse."
    const bold =
      "Bold: the best mean, and only where the corrected paired test shows it to be better than every other method with values (Holm p < 0.05)."
    const dash = "–: undefined, not zero."
    expect(notes({ cells })).toEqual([
      n,
      bold,
      "† No better than the mean training mask, which never looks at the image.",
      dash,
    ])
    expect(notes({ cells: cells.slice(0, 2), references: [] })).toEqual([n, bold, dash])
    expect(notes({ cells, references: [], baseline: "m2" })).toEqual([
      n,
      `${bold} Here it allows none.`,
      "Dice: m0 has the best mean; tested against the baseline only, so not bold.",
      "HD95: m0 has the best mean; tested against the baseline only, so not bold.",
      dash,
    ])
  })

  it("takes each metric on its own: a winner and a mark", () => {
    const without = (name: string, dice: number, metric: "hd95") => {
      const outcome = done(name, dice)
      if (outcome.tag !== "done") throw new Error("not done")
      const patients = outcome.scores.patients.map((one) => ({
        ...one,
        values: { ...one.values, [metric]: null },
      }))
      return cell(name, null, { ...outcome, scores: scoresOf(patients) })
    }
    const noDistance = [without("a", 0.95, "hd95"), without("b", 0.9, "hd95")]
    const won = tableOf(reportInput({ cells: noDistance, references: [], panels: [] }))
    expect(won.notes.join()).not.toContain("Here it allows none.")
    expect(won.rows.flat().filter((text) => text.includes("*"))).toHaveLength(1)

    const worse = [without("a", 0.8, "hd95")]
    const marked = tableOf(
      reportInput({ cells: worse, references: [reference("mean training mask", 0.9)], panels: [] }),
    )
    expect(marked.rows.flat().filter((text) => text.includes("†"))).toHaveLength(1)
    expect(marked.notes.join()).toContain("† No better than the mean training mask")
  })

  it("counts the values that are in no mean, of each metric that it shows", () => {
    const outcome = done("a", 0.9, { patients: 3 })
    if (outcome.tag !== "done") throw new Error("not done")
    const [first, second, third] = outcome.scores.patients
    const patients = [
      { ...first!, values: { ...first!.values, dice: null, recall: null } },
      { ...second!, values: byMetric(() => null) },
      third!,
    ]
    const cells = [
      cell("a", null, { ...outcome, scores: { ...outcome.scores, patients } }),
      cell("b", null, { tag: "interrupted" }),
    ]
    const { notes } = tableOf(
      reportInput({ cells, references: [], panels: [], metrics: ["dice", "hd95", "recall"] }),
    )
    expect(notes).toContain(
      "a: values of patients that are undefined and in no mean: Dice 2, HD95 1, Recall 2.",
    )
    expect(notes).toHaveLength(4)
  })
})
