import type { Geometry } from "./dataset.ts"

/** One patient's files, opened: image and masks in file order. */
export interface PatientVolume {
  readonly id: string
  readonly geometry: Geometry
  /** Voxels after scl_slope scaling, x fastest, then y, then z. */
  readonly image: Float32Array
  /** 0 or 1, same order. */
  readonly expert: Uint8Array
  /** The second annotator, used by losses: present for training patients. */
  readonly second?: Uint8Array
  /** Other annotators by name, used as reference rows: present for test patients. */
  readonly annotators: Readonly<Record<string, Uint8Array>>
}

/** Where data come from: which patients there are, in which group, and how to read one. */
export interface Source {
  /** One line for the report: what this is and where it lies. */
  readonly description: string
  /** Sizes and content digests of everything that `read` may read, so that keys follow content, never paths.
   *  Also checks that every file is there; throws Failure("data") listing every problem at once. */
  fingerprint(): Promise<string>
  /** Patient ids in a fixed order. `train` patients are split into train and validation by `load`. */
  patients(): Promise<{ readonly train: readonly string[]; readonly test: readonly string[] }>
  /** Throws Failure("data") when the patient's files are unreadable or contradict each other. */
  read(patient: string): Promise<PatientVolume>
}
