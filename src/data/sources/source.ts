import type { Geometry, SliceAxis } from "../dataset/dataset.ts"

/** One case: an image with its masks. Several cases may be of one patient. */
export interface Case {
  /** Unique in its source. */
  readonly id: string
  readonly patient: string
  /** Where the source itself puts the patient; null: the split decides. All cases of a patient say the same. */
  readonly group: "train" | "test" | null
}

/** One case's files, opened: image and masks as they are sliced. */
export interface CaseVolume {
  readonly id: string
  /** As sliced: [columns, rows, slices], whatever axis of the file the slices lie along. */
  readonly geometry: Geometry
  /** The axis of the file along which the slices lie. */
  readonly axis: SliceAxis
  /** Voxels after scl_slope scaling, columns fastest, then rows, then slices. */
  readonly image: Float32Array
  /** 0 or 1, same order. */
  readonly expert: Uint8Array
  /** The values of the expert's mask file that mean inside; absent where the source has no files of that kind. */
  readonly labels?: readonly number[]
  /** The second annotator, used by losses. */
  readonly second?: Uint8Array
  /** Other annotators by name, used as reference rows. */
  readonly annotators: Readonly<Record<string, Uint8Array>>
}

/** Where data come from: which cases there are, of which patients, and how to read one. */
export interface Source {
  /** One line for the report: what this is and where it lies. */
  readonly description: string
  /** Sizes and content digests of everything that `read` may read, so that keys follow content, never paths.
   *  Also checks that every file is there; throws Failure("data") listing every problem at once. */
  fingerprint(): Promise<string>
  /** In a fixed order. */
  cases(): Promise<readonly Case[]>
  /** Throws Failure("data") when the case's files are unreadable or contradict each other. */
  read(caseId: string): Promise<CaseVolume>
  /** Values that mean inside, of which each must be in some mask; null: one value, the same in all masks. */
  foreground?(): Promise<readonly number[] | null>
  /** What a reader of the report should know about the data as a whole. */
  remarks?(): Promise<readonly string[]>
}
