import { mean } from "../statistics/mean.ts"
import { summarize } from "../statistics/summarize.ts"
import { ShapeError } from "../tensor/shape.ts"
import type { SpacingMm } from "./mask.ts"
import type { ScoreOptions } from "./scoreMask.ts"
import { scoreMask } from "./scoreMask.ts"
import type { MetricName, MetricValues, PatientScore, Scores, SliceScore } from "./scores.ts"
import { byMetric } from "./scores.ts"

/** A case's masks, slice after slice. */
export interface CaseMasks {
  readonly id: string
  readonly patient: string
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

type CountedSlice = SliceScore & { readonly counted: boolean }

const scoreCase = (masks: CaseMasks, options: ScoreOptions): readonly CountedSlice[] => {
  const { id, patient, rows, columns, slices, spacingMm } = masks
  for (const volume of ["prediction", "reference"] as const)
    if (masks[volume].length !== slices * rows * columns)
      throw new ShapeError(`${volume} of case ${id}`, `[${slices}, ${rows}, ${columns}]`, [
        masks[volume].length,
      ])
  const sliceOf = (volume: Uint8Array, slice: number) => ({
    shape: [rows, columns],
    data: volume.subarray(slice * rows * columns, (slice + 1) * rows * columns),
  })
  return Array.from({ length: slices }, (_, slice) => ({
    patient,
    case: id,
    slice,
    ...scoreMask(sliceOf(masks.prediction, slice), sliceOf(masks.reference, slice), spacingMm, options),
  }))
}

const patientScore = (patient: string, slices: readonly CountedSlice[]): PatientScore => ({
  patient,
  slices: slices.length,
  scored: slices.filter(({ counted }) => counted).length,
  missed: slices.filter(({ outcome }) => outcome === "missed").length,
  falseAlarms: slices.filter(({ outcome }) => outcome === "falseAlarm").length,
  values: byMetric((metric) => mean(defined(slices, metric))),
})

/** Scores predictions slice by slice at native resolution, then averages: the slices of all cases to a patient,
 *  patients to the summary, so that a patient with many slices weighs no more than another (the protocol of MicroSegNet).
 *  Every mean leaves out what is undefined and says how many values it has; no value is NaN or infinite.
 *  Throws ShapeError when a volume is not as long as its size says.
 *  @param cases taken one at a time, so that a generator need not hold the volumes of all of them
 *  @returns patients in the order of their first cases */
export const scorePatients = (cases: Iterable<CaseMasks>, options: ScoreOptions): Scores => {
  const byPatient = new Map<string, CountedSlice[]>()
  const slices: SliceScore[] = []
  for (const one of cases) {
    const scored = scoreCase(one, options)
    byPatient.set(one.patient, [...(byPatient.get(one.patient) ?? []), ...scored])
    slices.push(...scored.map(({ counted: _, ...slice }) => slice))
  }
  const ofPatients = [...byPatient].map(([patient, scored]) => patientScore(patient, scored))
  return {
    empty: options.empty,
    hd95: options.hd95,
    toleranceMm: options.toleranceMm,
    slices,
    patients: ofPatients,
    summary: byMetric((metric) => summarize(defined(ofPatients, metric))),
    missed: ofPatients.reduce((count, { missed }) => count + missed, 0),
    falseAlarms: ofPatients.reduce((count, { falseAlarms }) => count + falseAlarms, 0),
  }
}
