import type { Failure } from "../failure/failure.ts"
import type { MetricName, Scores } from "../metrics/scores.ts"
import type { History } from "./training/history.ts"

/** What became of a cell; none is ever dropped from a table. */
export type CellOutcome =
  | {
      readonly tag: "done"
      readonly history: History
      readonly scores: Scores
      readonly seconds: number
      readonly peakRssBytes: number
    }
  | { readonly tag: "failed"; readonly kind: Failure["kind"]; readonly message: string }
  | { readonly tag: "interrupted" }
  | { readonly tag: "notRun" }

export interface ReportCell {
  /** "agBce" or "agBce seed=2"; unique in the plan. */
  readonly label: string
  readonly key: string
  /** Factor name -> value label. */
  readonly factors: Readonly<Record<string, string>>
  /** Names of the factors that only repeat (seeds): their cells are runs of the same method. */
  readonly blocks: readonly string[]
  /** What is compared: the label without its block factors, or the experiment's name. */
  readonly method: string
  /** Folder of the cell relative to the run directory. */
  readonly folder: string
  /** Command that runs this cell alone, in the run directory: true wherever that is moved to. */
  readonly command: string
  /** Canonical spec of its loss, for the tooltip and the table of settings. */
  readonly loss: string
  readonly outcome: CellOutcome
}

/** Name of the reference row that never looks at the image: a network that is no better has learnt little. */
export const meanMaskName = "mean training mask"

/** A row to hold the losses against: the mean training mask, or a human annotator. */
export interface ReferenceRow {
  readonly name: string
  readonly scores: Scores
}

/** One slice to look at, at native resolution. */
export interface Panel {
  /** By the mean of the metric over the cells shown. */
  readonly which: "best" | "median" | "worst"
  readonly metric: MetricName
  readonly case: string
  readonly slice: number
  /** Native size of the masks; the image may be smaller and is stretched over it. */
  readonly rows: number
  readonly columns: number
  readonly spacingMm: readonly [row: number, column: number]
  /** Grey values 0..255 at the image's own size. */
  readonly image: { readonly rows: number; readonly columns: number; readonly data: Uint8Array }
  /** [rows, columns] 0 or 1 */
  readonly expert: Uint8Array
  readonly annotators: readonly { readonly name: string; readonly mask: Uint8Array }[]
  readonly predictions: readonly {
    readonly label: string
    readonly mask: Uint8Array
    /** Of the metric. */
    readonly value: number | null
  }[]
}

/** Everything the report says, and nothing else. */
export interface ReportInput {
  readonly title: string
  readonly experiment: string
  /** The exact command that made the run. */
  readonly command: string
  /** The experiment as given, YAML text. */
  readonly yaml: string
  /** What the cells were asked to measure, at least one: what is tested, told, drawn and ranked by, the first first. */
  readonly metrics: readonly MetricName[]
  /** Method that the others are compared with; null: every pair. */
  readonly baseline: string | null
  /** What the author of the experiment says about it. */
  readonly remark: readonly string[]
  readonly dataset: {
    readonly description: string
    readonly patients: { readonly train: number; readonly validation: number; readonly test: number }
    readonly cases: { readonly train: number; readonly validation: number; readonly test: number }
    readonly slices: { readonly train: number; readonly validation: number; readonly test: number }
    readonly size: readonly [rows: number, columns: number]
    readonly remarks: readonly string[]
  }
  readonly cells: readonly ReportCell[]
  readonly references: readonly ReferenceRow[]
  readonly panels: readonly Panel[]
  /** Name -> value: engine, library version, threads, losslab, Node, platform, CPU, git commit. */
  readonly environment: Readonly<Record<string, string>>
}
