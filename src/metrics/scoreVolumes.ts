import { mean } from "../statistics/mean.ts"
import { summarize } from "../statistics/summarize.ts"
import { ShapeError } from "../tensor/shape.ts"
import type { SpacingMm } from "./mask.ts"
import type { ScoreOptions } from "./scoreMask.ts"
import { scoreMask } from "./scoreMask.ts"
import type { MetricName, MetricValues, PatientScore, Scores, SliceScore } from "./scores.ts"
import { byMetric } from "./scores.ts"

/** A patient's masks, slice after slice. */
export interface PatientMasks {
  readonly id: string
  readonly rows: number
  readonly columns: number
  readonly slices: number
  /** Of a row and of a column. */
  readonly spacingMm: SpacingMm
  /** [slices, rows, columns] 0 or 1 */
  readonly prediction: Uint8Array
  /** [slices, rows, columns] 0 or 1 */
  readonly reference: Uint8Array
}

const defined = (scores: readonly { readonly values: MetricValues }[], metric: MetricName): number[] =>
  scores.map(({ values }) => values[metric]).filter((value) => value !== null)

const scorePatient = (
  patient: PatientMasks,
  options: ScoreOptions,
): { readonly patient: PatientScore; readonly slices: readonly SliceScore[] } => {
  const { id, rows, columns, slices, spacingMm } = patient
  for (const volume of ["prediction", "reference"] as const)
    if (patient[volume].length !== slices * rows * columns)
      throw new ShapeError(`${volume} of patient ${id}`, `[${slices}, ${rows}, ${columns}]`, [
        patient[volume].length,
      ])
  const sliceOf = (volume: Uint8Array, slice: number) => ({
    shape: [rows, columns],
    data: volume.subarray(slice * rows * columns, (slice + 1) * rows * columns),
  })
  const scored = Array.from({ length: slices }, (_, slice) =>
    scoreMask(sliceOf(patient.prediction, slice), sliceOf(patient.reference, slice), spacingMm, options),
  )
  return {
    patient: {
      patient: id,
      slices,
      scored: scored.filter(({ counted }) => counted).length,
      missed: scored.filter(({ outcome }) => outcome === "missed").length,
      falseAlarms: scored.filter(({ outcome }) => outcome === "falseAlarm").length,
      values: byMetric((metric) => mean(defined(scored, metric))),
    },
    slices: scored.map(({ outcome, values }, slice) => ({ patient: id, slice, outcome, values })),
  }
}

/** Scores predictions slice by slice at native resolution, then averages: slices to a patient, patients to the
 *  summary, so that a patient with many slices weighs no more than another (the protocol of MicroSegNet).
 *  Every mean leaves out what is undefined and says how many values it has; no value is NaN or infinite.
 *  Throws ShapeError when a volume is not as long as its size says.
 *  @param patients taken one at a time, so that a generator need not hold the volumes of all of them */
export const scorePatients = (patients: Iterable<PatientMasks>, options: ScoreOptions): Scores => {
  const scored = Array.from(patients, (patient) => scorePatient(patient, options))
  const ofPatients = scored.map(({ patient }) => patient)
  return {
    empty: options.empty,
    hd95: options.hd95,
    toleranceMm: options.toleranceMm,
    slices: scored.flatMap(({ slices }) => slices),
    patients: ofPatients,
    summary: byMetric((metric) => summarize(defined(ofPatients, metric))),
    missed: ofPatients.reduce((count, { missed }) => count + missed, 0),
    falseAlarms: ofPatients.reduce((count, { falseAlarms }) => count + falseAlarms, 0),
  }
}
