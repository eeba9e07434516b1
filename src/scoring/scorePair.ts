import type { Foreground } from "../data/sources/foreground.ts"
import { Failure, type Problem } from "../failure/failure.ts"
import { type ScoreOptions, scoreMask } from "../metrics/scoreMask.ts"
import { byMetric, type MetricValues, type Outcome } from "../metrics/scores.ts"
import { mean } from "../statistics/mean.ts"
import type { CheckedPair } from "./checkPairs.ts"
import { readMask } from "./maskFile.ts"

export interface ScoringOptions extends ScoreOptions {
  /** volume: a 3-D file is one mask. slice: each slice along its third axis is one, and the case is their mean. */
  readonly per: "volume" | "slice"
  /** The values inside; null when a mask may hold 0 and one other value. */
  readonly labels: readonly number[] | null
}

export interface MaskScore {
  readonly outcome: Outcome
  readonly values: MetricValues
}

export interface CaseScore extends MaskScore {
  readonly case: string
  /** Zero-based, along the third axis of the file; null when the file was scored as one mask. */
  readonly slices: readonly MaskScore[] | null
  /** Which values of the files were taken for inside. */
  readonly labels: { readonly prediction: readonly number[]; readonly reference: readonly number[] }
}

/** Reads and scores one pair. A file of one slice is a 2-D mask.
 *  Throws Failure("data") with the problems of both files. */
export const scorePair = async (pair: CheckedPair, options: ScoringOptions): Promise<CaseScore> => {
  const problems: Problem[] = []
  const read = async (file: string): Promise<Foreground> => {
    try {
      return await readMask(file, options.labels)
    } catch (error) {
      if (!(error instanceof Failure) || error.kind !== "data") throw error
      problems.push(...error.problems)
      return { mask: new Uint8Array(0), labels: [], problems }
    }
  }
  const prediction = await read(pair.prediction)
  const reference = await read(pair.reference)
  if (problems.length > 0) throw new Failure("data", problems)
  const [columns, rows, slices] = pair.geometry.shape
  const [columnMm, rowMm, sliceMm] = pair.geometry.spacingMm
  /** @param from the first slice of the part   @param count of its slices */
  const part = (from: number, count: number): MaskScore => {
    const ofSlice = rows * columns
    const shape = count === 1 ? [rows, columns] : [count, rows, columns]
    const maskOf = ({ mask }: Foreground) => ({
      shape,
      data: mask.subarray(from * ofSlice, (from + count) * ofSlice),
    })
    const spacingMm = count === 1 ? [rowMm, columnMm] : [sliceMm, rowMm, columnMm]
    const { outcome, values } = scoreMask(maskOf(prediction), maskOf(reference), spacingMm, options)
    return { outcome, values }
  }
  const own = {
    case: pair.case,
    labels: { prediction: prediction.labels, reference: reference.labels },
  }
  if (options.per === "volume") return { ...own, ...part(0, slices), slices: null }
  const scored = Array.from({ length: slices }, (_, slice) => part(slice, 1))
  return { ...own, ...ofSlices(scored), slices: scored }
}

/** Means over the slices where a metric is defined. */
const ofSlices = (slices: readonly MaskScore[]): MaskScore => ({
  outcome:
    (["scored", "missed", "falseAlarm"] as const).find((each) =>
      slices.some(({ outcome }) => outcome === each),
    ) ?? "bothEmpty",
  values: byMetric((metric) =>
    mean(slices.map(({ values }) => values[metric]).filter((value) => value !== null)),
  ),
})
