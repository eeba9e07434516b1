import type { Split } from "../../data/dataset/wanted.ts"
import type { ScoreOptions } from "../../metrics/scoreMask.ts"
import type { Precision } from "../../tensor/precision.ts"
import type { PartSpec } from "../catalog/part.ts"

/** Who comes where: by what each split asks for, or by a file. A type, as Split is. */
export type SplitSpec = Split & { readonly file: string | null; readonly seed: number }

export interface LoadSpec {
  readonly source: PartSpec
  readonly split: SplitSpec
  readonly size: readonly [rows: number, columns: number]
  readonly resize: PartSpec
  readonly intensity: PartSpec
  readonly preprocessing: "clean"
}

export interface TrainSpec {
  readonly model: PartSpec
  readonly loss: PartSpec
  readonly optimizer: PartSpec
  readonly schedule: PartSpec
  readonly epochs: number
  readonly batchSize: number
  readonly keep: "last" | "best"
  readonly precision: Precision
}

export type EvaluateSpec = ScoreOptions

/** One fully resolved pipeline: the experiment with its factors put in. */
export interface CellSpec {
  readonly name: string
  readonly seed: number
  readonly load: LoadSpec
  readonly augment: readonly PartSpec[]
  readonly train: TrainSpec
  readonly evaluate: EvaluateSpec
  readonly report: {
    readonly title: string
    readonly baseline: string | null
    /** What the author has to say about the experiment. */
    readonly remark: readonly string[]
  }
}

/** A cell of the product of the factors. */
export interface ExpandedCell {
  /** "agBce seed=2"; the experiment's name when there are no factors. Unique. */
  readonly label: string
  /** Factor name -> label of its value. */
  readonly factors: Readonly<Record<string, string>>
  /** Names of the factors that only repeat (block: true), such as seeds. */
  readonly blocks: readonly string[]
  /** The label without the block factors, the experiment's name when that leaves nothing: what is compared, and
   *  what report.baseline names. Cells of one method only repeat each other. */
  readonly method: string
  readonly spec: CellSpec
}
