import type { Draws } from "../tensor/randomKey.ts"

/** One slice on its way to the network; arrays are rows x columns, row by row. */
export interface Sample {
  readonly rows: number
  readonly columns: number
  /** Intensities, after the intensity rule of `load` (scale: [0, 1]). */
  readonly image: Float32Array
  /** 0 or 1: the expert's mask. */
  readonly mask: Uint8Array
  /** 0 or 1: the second annotator's mask, when there is one. */
  readonly second?: Uint8Array
}

/** Image and masks together; returns a new sample and leaves its input alone; what it does not
 *  change, it hands on as the same array. Random only through `draws`. */
export type Augmentation = (draws: Draws, sample: Sample) => Sample
