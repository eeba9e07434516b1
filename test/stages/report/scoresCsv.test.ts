import { fc, test } from "@fast-check/vitest"
import { describe, expect } from "vitest"
import { type MetricName, metricNames } from "../../../src/metrics/scores.ts"
import { analyse } from "../../../src/stages/report/analysis.ts"
import { scoresCsv } from "../../../src/stages/report/scoresCsv.ts"
import { plainColumns, plainPatients } from "../../support/plainReport.ts"
import { plainSummary } from "../../support/plainStatistics.ts"
import { distances, randomReport } from "../../support/randomReport.ts"

type Field = string | number | null

/** Fails unless the fields of a line are these: numbers in full, nothing for null. */
const expectLine = (line: string, fields: readonly Field[]): void => {
  const found = line.split(",")
  expect(found).toHaveLength(fields.length)
  fields.forEach((field, i) => {
    if (typeof field === "number") expect(Number(found[i]), line).toBeCloseTo(field, 11)
    else expect(found[i], line).toBe(field ?? "")
  })
}

const rows = ["n", "mean", "sd", "median"] as const

describe("table-scores.csv", () => {
  test.prop([fc.integer()], { numRuns: 25 })(
    "holds every patient's values and their summaries, of runs, methods and references",
    (seed) => {
      const input = randomReport(seed)
      const patients = plainPatients(input)
      const expected: Field[][] = []
      const valuesOf = (of: (metric: MetricName) => number | null) => metricNames.map(of)
      for (const { label, folder, outcome } of input.cells) {
        if (outcome.tag !== "done") {
          const state = { failed: "failed (numerics)", interrupted: "interrupted", notRun: "not run" }[
            outcome.tag
          ]
          expected.push(["run", label, state, ...Array<null>(6 + metricNames.length).fill(null), folder])
          continue
        }
        const own = ["run", label, "done"]
        for (const { patient, slices, scored, missed, falseAlarms, values } of outcome.scores.patients)
          expected.push([
            ...own,
            ...["patient", patient, slices, scored, missed, falseAlarms],
            ...valuesOf((metric) => values[metric]),
            folder,
          ])
        for (const row of rows)
          expected.push([
            ...[...own, row, null, null, null, null, null],
            ...valuesOf(
              (metric) => plainSummary(outcome.scores.patients.map(({ values }) => values[metric]))[row],
            ),
            folder,
          ])
      }
      for (const { kind, name, runs, values, summary } of plainColumns(input)) {
        const own = [kind, name, `${runs} scored`]
        patients.forEach((patient, i) => {
          const ofPatient = valuesOf((metric) => values[metric][i]!)
          expected.push([...own, "patient", patient, null, null, null, null, ...ofPatient, null])
        })
        for (const row of rows) {
          const ofAll = valuesOf((metric) => summary[metric][row])
          expected.push([...own, row, null, null, null, null, null, ...ofAll, null])
        }
      }

      const lines = scoresCsv(input, analyse(input)).split("\n")
      expect(lines.pop()).toBe("")
      const names = metricNames.map((metric) => (distances.includes(metric) ? `${metric}_mm` : metric))
      expect(lines.shift()).toBe(
        `kind,name,state,row,patient,slices,scored,missed,false_alarms,${names.join()},folder`,
      )
      expect(lines).toHaveLength(expected.length)
      for (const [i, fields] of expected.entries()) expectLine(lines[i]!, fields)
    },
  )
})
