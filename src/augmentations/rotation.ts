import type { Augmentation } from "./augmentation.ts"
import { moved } from "./moved.ts"
import { sometimes } from "./sometimes.ts"

export interface RotationOptions {
  /** The angle is uniform in [-maxDegrees, maxDegrees). */
  readonly maxDegrees: number
  readonly probability?: number
}

/** Turns image and masks by a random angle. */
export const rotation = ({ maxDegrees, probability = 0.5 }: RotationOptions): Augmentation =>
  sometimes(probability, (draws, sample) => rotate(draws.between(-maxDegrees, maxDegrees))(draws, sample))

/** Turns image and masks about the centre, clockwise on the screen, in pixels: where pixels are not square in
 *  millimetres (a wide slice resized to a square), a turn also shears the anatomy. The image is bilinear; a mask is
 *  1 where at least half of the bilinear mask is. What comes from outside the slice is 0. */
export const rotate = (degrees: number): Augmentation => {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  return (_draws, sample) => {
    const { rows, columns } = sample
    const [middleRow, middleColumn] = [(rows - 1) / 2, (columns - 1) / 2]

    // `of` turns the interpolated value into one of the target: a share of foreground into 0 or 1.
    const turned = <A extends Float32Array | Uint8Array>(
      source: A,
      target: A,
      of: (value: number) => number,
    ): A => {
      const at = (row: number, column: number) =>
        row < 0 || row >= rows || column < 0 || column >= columns ? 0 : source[row * columns + column]!
      for (let row = 0, i = 0; row < rows; row++)
        for (let column = 0; column < columns; column++, i++) {
          const sourceRow = middleRow + cos * (row - middleRow) - sin * (column - middleColumn)
          const sourceColumn = middleColumn + sin * (row - middleRow) + cos * (column - middleColumn)
          const top = Math.floor(sourceRow)
          const left = Math.floor(sourceColumn)
          const down = sourceRow - top
          const right = sourceColumn - left
          const above = (1 - right) * at(top, left) + right * at(top, left + 1)
          const below = (1 - right) * at(top + 1, left) + right * at(top + 1, left + 1)
          target[i] = of((1 - down) * above + down * below)
        }
      return target
    }
    return moved(sample, {
      image: (image) => turned(image, new Float32Array(image.length), (value) => value),
      mask: (mask) => turned(mask, new Uint8Array(mask.length), (share) => (share >= 0.5 ? 1 : 0)),
    })
  }
}
