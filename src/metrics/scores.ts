/** The metrics that are offered, in the order of the tables; what each is: metricTable.ts. */
export const metricNames = ["dice", "iou", "precision", "recall", "hd", "hd95", "assd", "nsd"] as const
export type MetricName = (typeof metricNames)[number]

/** Which 95 % Hausdorff distance (hd95.ts, docs/explanation/hd95.md).
 *  pooled: percentile over both ways together (medpy). max-directed: the larger of the two percentiles (MONAI).
 *  contour: the larger of the two percentiles by length along the contour (google-deepmind/surface-distance). */
export const hd95Conventions = ["pooled", "max-directed", "contour"] as const
export type Hd95Convention = (typeof hd95Conventions)[number]

/** In mm; what nsd takes for touching when nothing else is said. */
export const defaultToleranceMm = 2

/** What a pair of masks is: both have foreground, both are empty, the prediction missed it, or is a false alarm. */
export type Outcome = "scored" | "bothEmpty" | "missed" | "falseAlarm"

/** What becomes of a slice where a mask is empty.
 *  skip: it counts for no metric (the protocol of MicroSegNet).
 *  worst: both empty is perfect (1, 0 mm); one empty is worst (0, the image's diagonal in mm).
 *  undefined: both empty is undefined; one empty is 0 for the overlap metrics and undefined for distances. */
export type EmptyPolicy = "skip" | "worst" | "undefined"

/** Values by metric; null is undefined (and left out of every mean, and counted). */
export type MetricValues = Readonly<Record<MetricName, number | null>>

export interface SliceScore {
  readonly patient: string
  readonly case: string
  /** Zero-based slice in the case's volume. */
  readonly slice: number
  readonly outcome: Outcome
  readonly values: MetricValues
}

/** Mean over the slices of all of a patient's cases where the metric is defined. */
export interface PatientScore {
  readonly patient: string
  /** Slices of all cases, and how many of them counted for Dice. */
  readonly slices: number
  readonly scored: number
  readonly missed: number
  readonly falseAlarms: number
  readonly values: MetricValues
}

/** Over patients; sd has n - 1 in its denominator and is null below two patients. */
export interface Summary {
  readonly n: number
  readonly mean: number | null
  readonly sd: number | null
  readonly median: number | null
}

/** What `evaluate` makes of one prediction of the whole test set. */
export interface Scores {
  readonly empty: EmptyPolicy
  readonly hd95: Hd95Convention
  /** Of nsd. */
  readonly toleranceMm: number
  readonly slices: readonly SliceScore[]
  readonly patients: readonly PatientScore[]
  readonly summary: Readonly<Record<MetricName, Summary>>
  readonly missed: number
  readonly falseAlarms: number
}

/** One value for each metric. */
export const byMetric = <A>(of: (metric: MetricName) => A): Readonly<Record<MetricName, A>> =>
  Object.fromEntries(metricNames.map((metric) => [metric, of(metric)])) as Record<MetricName, A>
