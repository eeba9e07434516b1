import type { Geometry } from "../dataset/dataset.ts"
import type { NumericArray } from "./bytes.ts"

/** How voxels are stored in a file. */
export type DatatypeName =
  | "uint8"
  | "int8"
  | "uint16"
  | "int16"
  | "uint32"
  | "int32"
  | "uint64"
  | "int64"
  | "float32"
  | "float64"

/** One image or mask as its file holds it. */
export interface Volume {
  readonly file: string
  /** In file order, as the file has it: 2 sides for a 2-D image, a trailing 1 kept. */
  readonly shape: readonly number[]
  /** The same as a volume: one slice for a 2-D image. */
  readonly geometry: Geometry
  /** How the voxels are stored. */
  readonly datatype: DatatypeName
  /** After scaling, x fastest, then y, then z. In the file's own type when there is no scaling, float64 for 64-bit
   *  integers; with scaling in float32 where 16 bits or float32 are stored, else in float64. */
  readonly voxels: NumericArray
}
