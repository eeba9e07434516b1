import type { MetricName, PatientScore, Scores, Summary } from "../../metrics/scores.ts"
import { byMetric } from "../../metrics/scores.ts"
import { mean } from "../../statistics/mean.ts"
import { summarize } from "../../statistics/summarize.ts"
import type { ReferenceRow } from "../reportInput.ts"
import type { Method } from "./methods.ts"

/** The scores of a method or of a reference: one value per metric and patient, in the report's order of patients.
 *  A method's value is the mean over its runs where it is defined. */
export interface Column {
  readonly name: string
  readonly kind: "method" | "reference"
  /** How many sets of predictions were averaged. */
  readonly runs: number
  readonly values: Readonly<Record<MetricName, readonly (number | null)[]>>
  readonly summary: Readonly<Record<MetricName, Summary>>
  /** Slices per run where the expert's mask and the prediction both show something; null without a run. */
  readonly found: number | null
  /** Slices per run where the prediction is empty and the expert's mask is not; null without a run. */
  readonly missed: number | null
  /** Slices per run where the expert's mask is empty and the prediction is not; null without a run. */
  readonly falseAlarms: number | null
  /** Values of patients and runs that are undefined. */
  readonly undefinedValues: Readonly<Record<MetricName, number>>
}

const columnOf = (
  name: string,
  kind: Column["kind"],
  runs: readonly Scores[],
  patients: readonly string[],
): Column => {
  const byPatient = runs.map((run) => new Map<string, PatientScore>(run.patients.map((p) => [p.patient, p])))
  const definedOf = (metric: MetricName, patient: string): number[] =>
    byPatient.flatMap((scores) => scores.get(patient)?.values[metric] ?? [])
  const values = byMetric((metric) => patients.map((patient) => mean(definedOf(metric, patient))))
  return {
    name,
    kind,
    runs: runs.length,
    values,
    summary: byMetric((metric) => summarize(values[metric].filter((value) => value !== null))),
    found: mean(runs.map(({ slices }) => slices.filter(({ outcome }) => outcome === "scored").length)),
    missed: mean(runs.map(({ missed }) => missed)),
    falseAlarms: mean(runs.map(({ falseAlarms }) => falseAlarms)),
    undefinedValues: byMetric(
      (metric) =>
        runs.length * patients.length -
        patients.reduce((count, patient) => count + definedOf(metric, patient).length, 0),
    ),
  }
}

/** The column of a method; empty where no run of it finished. */
export const methodColumn = (method: Method, patients: readonly string[]): Column =>
  columnOf(
    method.name,
    "method",
    method.runs.map(({ outcome }) => outcome.scores),
    patients,
  )

export const referenceColumn = ({ name, scores }: ReferenceRow, patients: readonly string[]): Column =>
  columnOf(name, "reference", [scores], patients)
