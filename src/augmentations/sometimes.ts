import type { Augmentation } from "./augmentation.ts"

/** The augmentation with this probability, else the sample as it is. One draw decides. */
export const sometimes =
  (probability: number, augmentation: Augmentation): Augmentation =>
  (draws, sample) =>
    draws.uniform() < probability ? augmentation(draws, sample) : sample
