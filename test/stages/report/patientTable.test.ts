import { fc, test } from "@fast-check/vitest"
import { describe, expect } from "vitest"
import { analyse } from "../../../src/stages/report/analysis.ts"
import { patientTable } from "../../../src/stages/report/patientTable.ts"
import { pageTable } from "../../support/pageTable.ts"
import { plainColumns, plainPatients } from "../../support/plainReport.ts"
import { decimalsShown, headingOf, randomReport } from "../../support/randomReport.ts"
import { expectShown } from "../../support/shown.ts"

describe("table 2d", () => {
  test.prop([fc.integer()], { numRuns: 20 })(
    "shows every patient's value and the summaries under the column's own heading",
    (seed) => {
      const input = randomReport(seed)
      const { metrics } = input
      const columns = plainColumns(input)
      const patients = plainPatients(input)
      const markup = patientTable(analyse(input)).text
      const { caption, rows, notes } = pageTable(markup, "table-2d")!
      const [last, ...before] = metrics.map((metric) => headingOf(metric).replace(" (mm)", "")).toReversed()
      const named = before.length === 0 ? last : `${before.toReversed().join(", ")} and ${last}`
      expect(caption).toBe(
        `Table 2d. ${named} per patient, mean over the patient's slices and over the runs of a method.`,
      )
      expect(notes).toEqual(["–: undefined for this patient, and in no mean."])
      expect(markup).toContain(
        `<colgroup><col></colgroup>${`<colgroup span="${columns.length}"></colgroup>`.repeat(metrics.length)}`,
      )
      const [groups, headings, ...body] = rows
      expect(groups).toEqual(["Patient", ...metrics.map(headingOf)])
      expect(headings!.map((text) => text.split(" (")[0])).toEqual(
        metrics.flatMap(() => columns.map(({ name }) => name)),
      )
      expect(body.map(([first]) => first)).toEqual([...patients, "mean", "SD", "median", "n"])
      metrics.forEach((metric, m) => {
        columns.forEach(({ values, summary }, c) => {
          const shown = body.map((row) => row[1 + m * columns.length + c]!)
          const decimals = decimalsShown(metric)
          const { n, mean, sd, median } = summary[metric]
          for (const [i, value] of [...values[metric], mean, sd, median].entries())
            expectShown(shown[i]!, value, decimals)
          expect(shown.at(-1)).toBe(String(n))
        })
      })
    },
  )
})
