import type { Resize } from "./fit.ts"
import type { PackedMask } from "./packedMask.ts"

/** Geometry of a volume, first axis fastest: x (columns), then y (rows), then z (slices). */
export interface Geometry {
  /** [columns, rows, slices] */
  readonly shape: readonly [number, number, number]
  readonly spacingMm: readonly [number, number, number]
  /** 4 x 4, row by row: voxel indices (x, y, z, 1) to millimetres. */
  readonly affine: readonly (readonly number[])[]
}

/** An axis of a file: x, y or z. */
export type SliceAxis = 0 | 1 | 2

/** Slices of one split at the training size. */
export interface SliceSet {
  /** Number of slices, N. */
  readonly count: number
  /** Case and slice number (zero-based in its volume) of each slice; length N. */
  readonly ids: readonly { readonly case: string; readonly slice: number }[]
  /** [N, rows, columns] intensities */
  readonly images: Float32Array
  /** [N, rows, columns] 0 or 1: the expert */
  readonly masks: Uint8Array
  /** [N, rows, columns] 0 or 1: the second annotator, where the source has one */
  readonly second?: Uint8Array
}

/** What evaluation needs of one case of a test patient, at native resolution; packed, since all of them stay in
 *  memory. */
export interface TestCase {
  readonly id: string
  readonly patient: string
  /** As sliced. */
  readonly geometry: Geometry
  /** The axis of the file along which the slices lie. */
  readonly axis: SliceAxis
  /** [slices, rows, columns] 0 or 1: the expert */
  readonly expert: PackedMask
  /** Other annotators by name, each [slices, rows, columns] 0 or 1. */
  readonly annotators: Readonly<Record<string, PackedMask>>
}

/** What `load` makes: every slice at the training size, native masks of the test cases, the splits. */
export interface Dataset {
  /** Training size. */
  readonly rows: number
  readonly columns: number
  readonly resize: Resize
  readonly train: SliceSet
  readonly validation: SliceSet
  readonly test: SliceSet
  readonly testCases: readonly TestCase[]
  /** Patients of each split; disjoint. */
  readonly patients: {
    readonly train: readonly string[]
    readonly validation: readonly string[]
    readonly test: readonly string[]
  }
  /** Remarks worth a line in the report ("6 of 96 test slices show no foreground"). */
  readonly remarks: readonly string[]
}
