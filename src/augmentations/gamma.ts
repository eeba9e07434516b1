import type { Augmentation } from "./augmentation.ts"
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
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (const value of sample.image) {
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
    const range = high - low
    if (range === 0) return sample
    return {
      ...sample,
      image: sample.image.map((value) => low + range * ((value - low) / range) ** exponent),
    }
  })
