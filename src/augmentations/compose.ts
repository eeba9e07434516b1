import type { Augmentation } from "./augmentation.ts"

/** One after the other, drawing from the same stream. */
export const compose =
  (augmentations: readonly Augmentation[]): Augmentation =>
  (draws, sample) =>
    augmentations.reduce((current, augmentation) => augmentation(draws, current), sample)
