import type { Augmentation } from "./augmentation.ts"
import { moved } from "./moved.ts"
import { sometimes } from "./sometimes.ts"

export interface FlipOptions {
  /** columns: left and right change places; rows: top and bottom do. */
  readonly axis: "rows" | "columns"
  readonly probability?: number
}

/** Mirrors image and masks. */
export const flip = ({ axis, probability = 0.5 }: FlipOptions): Augmentation =>
  sometimes(probability, (_draws, sample) => {
    const { rows, columns } = sample
    const mirror = <A extends Float32Array | Uint8Array>(source: A, target: A): A => {
      for (let row = 0; row < rows; row++) {
        const from = (axis === "rows" ? rows - 1 - row : row) * columns
        const line = target.subarray(row * columns, (row + 1) * columns)
        line.set(source.subarray(from, from + columns))
        if (axis === "columns") line.reverse()
      }
      return target
    }
    return moved(sample, {
      image: (array) => mirror(array, new Float32Array(array.length)),
      mask: (array) => mirror(array, new Uint8Array(array.length)),
    })
  })
