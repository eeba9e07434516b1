import type { Augmentation, Sample } from "./augmentation.ts"
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
  const cos = Math.cos((degrees * Math.PI) / 180)
  const sin = Math.sin((degrees * Math.PI) / 180)
  return (_draws, sample) => {
    const { rows, columns } = sample
    const middleRow = (rows - 1) / 2
    const middleColumn = (columns - 1) / 2
    const across = Float64Array.from({ length: columns }, (_, column) => column - middleColumn)
    const rowShift = across.map((offset) => sin * offset)
    const columnShift = across.map((offset) => cos * offset)

    const { image, mask, second } = bordered(sample)
    const width = columns + 2
    const turned = emptyLike(sample)
    const { image: turnedImage, mask: turnedMask, second: turnedSecond } = turned
    for (let row = 0, i = 0; row < rows; row++) {
      const startRow = middleRow + cos * (row - middleRow)
      const startColumn = middleColumn + sin * (row - middleRow)
      for (let column = 0; column < columns; column++, i++) {
        const sourceRow = startRow - rowShift[column]!
        const sourceColumn = startColumn + columnShift[column]!
        if (sourceRow <= -1 || sourceRow >= rows || sourceColumn <= -1 || sourceColumn >= columns) continue
        const top = sourceRow < 0 ? -1 : sourceRow | 0
        const left = sourceColumn < 0 ? -1 : sourceColumn | 0
        const down = sourceRow - top
        const right = sourceColumn - left
        const at = (top + 1) * width + left + 1
        turnedImage[i] = bilinear(
          image[at]!,
          image[at + 1]!,
          image[at + width]!,
          image[at + width + 1]!,
          down,
          right,
        )
        turnedMask[i] = isInside(mask, at, width, down, right)
        if (second !== undefined) turnedSecond![i] = isInside(second, at, width, down, right)
      }
    }
    return turned
  }
}

/** Between four neighbours. */
const bilinear = (
  topLeft: number,
  topRight: number,
  bottomLeft: number,
  bottomRight: number,
  down: number,
  right: number,
): number => {
  const above = (1 - right) * topLeft + right * topRight
  const below = (1 - right) * bottomLeft + right * bottomRight
  return (1 - down) * above + down * below
}

/** 1 where at least half of the mask is; most pixels have four neighbours of one kind. */
const isInside = (mask: Uint8Array, at: number, width: number, down: number, right: number): number => {
  const topLeft = mask[at]!
  const topRight = mask[at + 1]!
  const bottomLeft = mask[at + width]!
  const bottomRight = mask[at + width + 1]!
  const count = topLeft + topRight + bottomLeft + bottomRight
  if (count === 0 || count === 4) return topLeft
  return bilinear(topLeft, topRight, bottomLeft, bottomRight, down, right) >= 0.5 ? 1 : 0
}

const emptyLike = (sample: Sample): Sample =>
  moved(sample, {
    image: ({ length }) => new Float32Array(length),
    mask: ({ length }) => new Uint8Array(length),
  })

/** The sample's arrays within a border of one pixel of 0, so that every pixel of a slice has four neighbours. */
const bordered = (sample: Sample): Pick<Sample, "image" | "mask" | "second"> => {
  const { rows, columns } = sample
  const within = <A extends Float32Array | Uint8Array>(source: A, target: A): A => {
    for (let row = 0; row < rows; row++)
      target.set(source.subarray(row * columns, (row + 1) * columns), (row + 1) * (columns + 2) + 1)
    return target
  }
  const pixels = (rows + 2) * (columns + 2)
  return moved(sample, {
    image: (image) => within(image, new Float32Array(pixels)),
    mask: (mask) => within(mask, new Uint8Array(pixels)),
  })
}
