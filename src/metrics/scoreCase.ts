import { ShapeError } from "../tensor/shape.ts"
import type { SpacingMm } from "./mask.ts"
import type { ScoreOptions } from "./scoreMask.ts"
import { scoreMask } from "./scoreMask.ts"
import type { SliceScore } from "./scores.ts"

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

/** A slice, and whether it counts for the overlap metrics. */
export type CountedSlice = SliceScore & { readonly counted: boolean }

/** A case's slices, in their order. */
export interface ScoredCase {
  readonly patient: string
  readonly slices: readonly CountedSlice[]
}

/** Scores a prediction slice by slice at native resolution.
 *  Throws ShapeError when a volume is not as long as its size says. */
export const scoreCase = (masks: CaseMasks, options: ScoreOptions): ScoredCase => {
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
  return {
    patient,
    slices: Array.from({ length: slices }, (_, slice) => ({
      patient,
      case: id,
      slice,
      ...scoreMask(sliceOf(masks.prediction, slice), sliceOf(masks.reference, slice), spacingMm, options),
    })),
  }
}
