import type { Augmentation } from "./augmentation.ts"
import { sometimes } from "./sometimes.ts"

export interface IntensityOptions {
  /** The image is multiplied by a number in [1 - gain, 1 + gain). */
  readonly gain?: number
  /** Then a number in [-offset, offset) is added. */
  readonly offset?: number
  readonly probability?: number
}

/** Changes contrast and brightness; values may leave [0, 1], they are not clipped. Masks stay. */
export const intensity = ({
  gain = 0.1,
  offset = 0.1,
  probability = 0.5,
}: IntensityOptions = {}): Augmentation =>
  sometimes(probability, (draws, sample) => {
    const factor = draws.between(1 - gain, 1 + gain)
    const shift = draws.between(-offset, offset)
    const image = new Float32Array(sample.image.length)
    for (let i = 0; i < image.length; i++) image[i] = factor * sample.image[i]! + shift
    return { ...sample, image }
  })
