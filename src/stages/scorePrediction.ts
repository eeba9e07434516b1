import type { TestCase } from "../data/dataset/dataset.ts"
import { type PackedMask, unpackMask } from "../data/dataset/packedMask.ts"
import { type ScoredCase, scoreCase } from "../metrics/scoreCase.ts"
import type { ScoreOptions } from "../metrics/scoreMask.ts"

/** A mask of every slice of a test case, at native resolution. */
export interface Prediction {
  readonly of: TestCase
  /** [slices, rows, columns] 0 or 1 */
  readonly mask: PackedMask
}

/** A prediction, what it is held against, and how: plain values, as a thread is given them. */
export interface PredictionTask extends Pick<TestCase, "id" | "patient" | "geometry"> {
  readonly prediction: PackedMask
  readonly reference: PackedMask
  readonly scoring: ScoreOptions
}

/** Bits that are all of their memory: of bits that are a part, a thread would be given a copy of the whole. */
const owned = ({ length, bits }: PackedMask): PackedMask =>
  bits.byteLength === bits.buffer.byteLength ? { length, bits } : { length, bits: bits.slice() }

export const predictionTask = ({ of, mask }: Prediction, scoring: ScoreOptions): PredictionTask => ({
  id: of.id,
  patient: of.patient,
  geometry: of.geometry,
  prediction: owned(mask),
  reference: owned(of.expert),
  scoring,
})

/** Scores a test case against the expert, slice by slice at native resolution; in a worker thread or in this one. */
export const scorePrediction = (task: PredictionTask): ScoredCase => {
  const [columns, rows, slices] = task.geometry.shape
  const [x, y] = task.geometry.spacingMm
  return scoreCase(
    {
      id: task.id,
      patient: task.patient,
      rows,
      columns,
      slices,
      spacingMm: [y, x],
      prediction: unpackMask(task.prediction),
      reference: unpackMask(task.reference),
    },
    task.scoring,
  )
}
