import { fc, test } from "@fast-check/vitest"
import { describe, expect } from "vitest"
import { analyse } from "../../../src/stages/report/analysis.ts"
import { patientTable } from "../../../src/stages/report/patientTable.ts"
import { pageTable } from "../../support/pageTable.ts"
import { plainColumns, plainPatients } from "../../support/plainReport.ts"
import { randomReport } from "../../support/randomReport.ts"
import { expectShown } from "../../support/shown.ts"

const metrics = ["dice", "hd95"] as const

describe("table 2d", () => {
  test.prop([fc.integer()], { numRuns: 20 })(
    "shows every patient's value and the summaries under the column's own heading",
    (seed) => {
      const input = randomReport(seed)
      const columns = plainColumns(input)
      const patients = plainPatients(input)
      const markup = patientTable(analyse(input)).text
      const { caption, rows, notes } = pageTable(markup, "table-2d")!
      expect(caption).toBe(
        "Table 2d. Dice and HD95 per patient, mean over the patient's slices and over the runs of a method.",
      )
      expect(notes).toEqual(["–: undefined for this patient, and in no mean."])
      expect(markup).toContain(
        `<colgroup><col></colgroup>${`<colgroup span="${columns.length}"></colgroup>`.repeat(2)}`,
      )
      const [groups, headings, ...body] = rows
      expect(groups).toEqual(["Patient", "Dice", "HD95 (mm)"])
      expect(headings!.map((text) => text.split(" (")[0])).toEqual(
        [...columns, ...columns].map(({ name }) => name),
      )
      expect(body.map(([first]) => first)).toEqual([...patients, "mean", "SD", "median", "n"])
      metrics.forEach((metric, m) => {
        columns.forEach(({ values, summary }, c) => {
          const shown = body.map((row) => row[1 + m * columns.length + c]!)
          const decimals = metric === "dice" ? 3 : 2
          const { n, mean, sd, median } = summary[metric]
          for (const [i, value] of [...values[metric], mean, sd, median].entries())
            expectShown(shown[i]!, value, decimals)
          expect(shown.at(-1)).toBe(String(n))
        })
      })
    },
  )
})
