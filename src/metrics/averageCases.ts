import { mean } from "../statistics/mean.ts"
import { summarize } from "../statistics/summarize.ts"
import type { CountedSlice, ScoredCase } from "./scoreCase.ts"
import type { ScoreOptions } from "./scoreMask.ts"
import type { MetricName, MetricValues, PatientScore, Scores } from "./scores.ts"
import { byMetric } from "./scores.ts"

const defined = (scores: readonly { readonly values: MetricValues }[], metric: MetricName): number[] =>
  scores.map(({ values }) => values[metric]).filter((value) => value !== null)

const patientScore = (patient: string, slices: readonly CountedSlice[]): PatientScore => ({
  patient,
  slices: slices.length,
  scored: slices.filter(({ counted }) => counted).length,
  missed: slices.filter(({ outcome }) => outcome === "missed").length,
  falseAlarms: slices.filter(({ outcome }) => outcome === "falseAlarm").length,
  values: byMetric((metric) => mean(defined(slices, metric))),
})

/** Averages scores: the slices of all cases to a patient, patients to the summary, so that a patient with many slices
 *  weighs no more than another (the protocol of MicroSegNet). Every mean leaves out what is undefined and says how
 *  many values it has; no value is NaN or infinite.
 *  @returns slices in the order of the cases, patients in the order of their first cases */
export const averageCases = (cases: readonly ScoredCase[], options: ScoreOptions): Scores => {
  const byPatient = new Map<string, CountedSlice[]>()
  for (const { patient, slices } of cases)
    byPatient.set(patient, [...(byPatient.get(patient) ?? []), ...slices])
  const ofPatients = [...byPatient].map(([patient, scored]) => patientScore(patient, scored))
  return {
    empty: options.empty,
    hd95: options.hd95,
    toleranceMm: options.toleranceMm,
    slices: cases.flatMap(({ slices }) => slices.map(({ counted: _, ...slice }) => slice)),
    patients: ofPatients,
    summary: byMetric((metric) => summarize(defined(ofPatients, metric))),
    missed: ofPatients.reduce((count, { missed }) => count + missed, 0),
    falseAlarms: ofPatients.reduce((count, { falseAlarms }) => count + falseAlarms, 0),
  }
}
