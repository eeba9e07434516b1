import type { Augmentation } from "./augmentation.ts"
import { bent } from "./bent.ts"
import { sometimes } from "./sometimes.ts"

export interface GammaOptions {
  /** Exponent, uniform in [minimum, maximum); below 1 brightens the dark, above 1 darkens it. */
  readonly minimum?: number
  readonly maximum?: number
  readonly probability?: number
}

/** Bends the intensities between the darkest and the brightest of the image, which both stay:
 *  low + (high - low) * ((value - low) / (high - low))^exponent. So it works for any intensity rule of `load`,
 *  also where values are negative. Masks stay, and so does a constant image. */
export const gamma = ({ minimum = 0.7, maximum = 1.5, probability = 0.5 }: GammaOptions = {}): Augmentation =>
  sometimes(probability, (draws, sample) => {
    const exponent = draws.between(minimum, maximum)
    const { image } = sample
    let low = Number.POSITIVE_INFINITY
    let high = Number.NEGATIVE_INFINITY
    for (let i = 0; i < image.length; i++) {
      low = Math.min(low, image[i]!)
      high = Math.max(high, image[i]!)
    }
    const range = high - low
    return range === 0 ? sample : { ...sample, image: bent(image, { low, range, exponent }) }
  })
