import { csvColumn } from "../../metrics/metricTable.ts"
import { type MetricName, metricNames } from "../../metrics/scores.ts"
import type { ReportInput } from "../reportInput.ts"
import type { Analysis } from "./analysis.ts"
import { csv } from "./csv.ts"
import { stateOf } from "./methods.ts"

const columns = [
  ...["kind", "name", "state", "row", "patient", "slices", "scored", "missed", "false_alarms"],
  ...metricNames.map(csvColumn),
  "folder",
]

type Row = Record<string, string | number | null>

const metricsOf = (of: (metric: MetricName) => number | null): Row =>
  Object.fromEntries(metricNames.map((metric) => [csvColumn(metric), of(metric)]))

/** Rows of kind "run" (a cell as it was scored), "method" (mean over its runs) and "reference"; each with a row
 *  per patient and one each for n, mean, sd and median. A cell that did not finish has one row, with its state. */
export const scoresCsv = (input: ReportInput, { columns: methods, references, patients }: Analysis): string =>
  csv(columns, [
    ...input.cells.flatMap((cell): Row[] => {
      const own = { kind: "run", name: cell.label, state: stateOf(cell), folder: cell.folder }
      if (cell.outcome.tag !== "done") return [own]
      const { scores } = cell.outcome
      return [
        ...scores.patients.map((patient) => ({
          ...own,
          row: "patient",
          patient: patient.patient,
          slices: patient.slices,
          scored: patient.scored,
          missed: patient.missed,
          false_alarms: patient.falseAlarms,
          ...metricsOf((metric) => patient.values[metric]),
        })),
        ...(["n", "mean", "sd", "median"] as const).map((row) => ({
          ...own,
          row,
          ...metricsOf((metric) => scores.summary[metric][row]),
        })),
      ]
    }),
    ...[...methods, ...references].flatMap(({ kind, name, runs, values, summary }): Row[] => {
      const own = { kind, name, state: `${runs} scored` }
      return [
        ...patients.map((patient, i) => ({
          ...own,
          row: "patient",
          patient,
          ...metricsOf((metric) => values[metric][i] ?? null),
        })),
        ...(["n", "mean", "sd", "median"] as const).map((row) => ({
          ...own,
          row,
          ...metricsOf((metric) => summary[metric][row]),
        })),
      ]
    }),
  ])
