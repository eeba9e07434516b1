import type { Sample } from "./augmentation.ts"

/** The sample with its image and all its masks moved. */
export const moved = (
  sample: Sample,
  move: {
    readonly image: (array: Float32Array) => Float32Array
    readonly mask: (array: Uint8Array) => Uint8Array
  },
): Sample => ({
  ...sample,
  image: move.image(sample.image),
  mask: move.mask(sample.mask),
  ...(sample.second === undefined ? {} : { second: move.mask(sample.second) }),
})
