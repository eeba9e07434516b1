import type { LossWords } from "../../src/config/catalog/losses/lossEntry.ts"

/** Words about what is in the catalogue without any: it is no loss of one scale. */
export const otherWords: Readonly<Record<string, LossWords>> = {
  deepSupervised: {
    formula: [
      "sum over scales s = 0, 1, ... of weights[s] L(logits_s, mask_s)",
      "the masks of scale s, both annotators', are 1 where at least half of a block of 2^s x 2^s pixels is",
    ],
    source:
      "Jiang et al. 2024 (MicroSegNet), who weigh four scales by 1 and grow the hard region by 4, 3, 2 and 1 pixels. They resize masks by interpolation.",
    useWhen:
      "With a network that predicts at several resolutions, so that its coarse layers are told directly.",
    problems: [
      "Its value is a sum over scales: it does not compare with that of the loss at full resolution alone.",
      "Where it is not an average over pixels, a loss can mean something else at a coarse scale: distances, for one, are in pixels of that scale.",
    ],
  },
}
