import type { PackedMask } from "./packedMask.ts"

/** Geometry of a volume in file order: x (columns) fastest, then y (rows), then z (slices). */
export interface Geometry {
  /** [columns, rows, slices] */
  readonly shape: readonly [number, number, number]
  readonly spacingMm: readonly [number, number, number]
  /** 4 x 4, row by row: voxel indices (x, y, z, 1) to millimetres. */
  readonly affine: readonly (readonly number[])[]
}

/** Slices of one split at the training size. */
export interface SliceSet {
  /** Number of slices, N. */
  readonly count: number
  /** Patient and slice number (zero-based in its volume) of each slice; length N. */
  readonly ids: readonly { readonly patient: string; readonly slice: number }[]
  /** [N, rows, columns] intensities */
  readonly images: Float32Array
  /** [N, rows, columns] 0 or 1: the expert */
  readonly masks: Uint8Array
  /** [N, rows, columns] 0 or 1: the second annotator, where the source has one */
  readonly second?: Uint8Array
}

/** What evaluation needs of one test patient, at native resolution; packed, since all of them stay in memory. */
export interface TestPatient {
  readonly id: string
  readonly geometry: Geometry
  /** [slices, rows, columns] 0 or 1: the expert */
  readonly expert: PackedMask
  /** Other annotators by name, each [slices, rows, columns] 0 or 1. */
  readonly annotators: Readonly<Record<string, PackedMask>>
}

/** What `load` makes: every slice at the training size, native masks of the test patients, the splits. */
export interface Dataset {
  /** Training size. */
  readonly rows: number
  readonly columns: number
  readonly train: SliceSet
  readonly validation: SliceSet
  readonly test: SliceSet
  readonly testPatients: readonly TestPatient[]
  /** Patient ids of each split; disjoint. */
  readonly patients: {
    readonly train: readonly string[]
    readonly validation: readonly string[]
    readonly test: readonly string[]
  }
  /** Remarks worth a line in the report ("6 of 96 test slices show no prostate"). */
  readonly remarks: readonly string[]
}
