import type { LossWords } from "../../src/config/catalog/losses/lossEntry.ts"

/** How the page of a kind writes it, and what its figure draws: as little as YAML asks for. */
export interface LossExample {
  readonly kind: string
  readonly [option: string]: unknown
}

/** Those of kinds that cannot do without options; a kind that is not here needs none. What is made of losses is shown
 *  with losses that need nothing, so that the index sees what it needs by itself. */
const examples: Readonly<Record<string, Omit<LossExample, "kind">>> = {
  module: { path: "./myLoss.ts" },
  sum: { terms: [{ kind: "bce" }, { kind: "softDice" }] },
  weighted: { loss: { kind: "softDice" }, weight: 0.5 },
  scheduled: { loss: { kind: "softDice" }, weight: { kind: "linear", from: 0, to: 1 } },
  perImage: { loss: { kind: "jaccard", over: "batch" } },
  uncertaintySum: { terms: [{ kind: "bce" }, { kind: "softDice" }] },
  labelSmoothing: { loss: { kind: "bce" } },
  softTargets: { loss: { kind: "bce" } },
  deepSupervised: { loss: { kind: "agBce" } },
}

export const exampleOf = (kind: string): LossExample => ({ kind, ...examples[kind] })

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
