import { additive } from "../../../laws/batch.ts"
import { nonNegative, perfectIsFree } from "../../../laws/bounds.ts"
import { doesNotHoldWhen, holds, holdsWhen } from "../../../laws/claim.ts"
import { equals } from "../../../laws/limits.ts"
import { caseNoise } from "../../../laws/plain/caseNoise.ts"
import { plainAleatoric } from "../../../laws/plain/plainAleatoric.ts"
import { fallsWithMargin } from "../../../laws/shape.ts"
import { complementary, mirrored, pixelOrder } from "../../../laws/symmetry.ts"
import { type AleatoricOptions, aleatoric } from "../../../losses/aleatoric.ts"
import { bce } from "../../../losses/bce.ts"
import { lossEntry } from "./lossEntry.ts"

const sigmaAtFirst = ({ sigma }: AleatoricOptions): number => (sigma === "learned" ? 1 : sigma)
const noisy = (options: AleatoricOptions): boolean => sigmaAtFirst(options) >= 0.5

export const aleatoricEntry = lossEntry<AleatoricOptions>({
  doc: "Cross-entropy of logits with random noise: a loss that expects some labels to be wrong.",
  fields: {
    sigma: {
      tag: "anyOf",
      doc: "Standard deviation of the noise on the logits; learned: one number for all pixels, trained, 1 at first.",
      options: [
        { tag: "number", doc: "A standard deviation.", minimum: 0, maximum: 100 },
        { tag: "enum", doc: "A trained parameter.", values: ["learned"] },
      ],
      default: 1,
    },
    samples: {
      tag: "integer",
      doc: "Noisy copies of each logit; time and memory grow with them.",
      minimum: 1,
      maximum: 100,
      default: 10,
    },
  },
  words: {
    formula: [
      "mean of -log of the mean over t of exp(-bce(z + sigma e_t)), e_t standard normal, drawn anew at each step",
      "for y in {0, 1}: -log of the mean over t of p_t(z + sigma e_t)",
    ],
    source:
      "Kendall & Gal 2017, equation 12. Their network predicts a sigma for each pixel; here it is one number, given or learned, because a loss sees one channel of logits.",
    useWhen:
      "To train with labels that are known to be noisy; sigma learned tells how noisy the loss finds them.",
    problems: [
      "Logits and sigma can grow together without changing the predicted classes: watch a learned sigma.",
      "The mean over few copies is biased: the loss is above what infinitely many would give.",
      "Each step draws its own noise, so the loss of a fixed network flickers from step to step.",
    ],
  },
  softMask: true,
  plain: (of, options) => plainAleatoric(of, sigmaAtFirst(options), caseNoise(of, options.samples)),
  claims: [
    ...[nonNegative, fallsWithMargin].map(holds),
    holdsWhen<AleatoricOptions>(perfectIsFree, "with sigma up to 50", (o) => sigmaAtFirst(o) <= 50),
    holds(
      equals<AleatoricOptions>({
        name: "sigmaZeroIsBce",
        says: "With sigma 0 it is bce.",
        set: { sigma: 0 },
        other: () => ({ loss: bce() }),
      }),
    ),
    ...[pixelOrder, mirrored, additive].map((law) =>
      doesNotHoldWhen(law, "each pixel has noise of its own", "with sigma 0.5 and more", noisy),
    ),
    doesNotHoldWhen(
      complementary,
      "the noise is not exchanged with the classes",
      "with sigma 0.5 and more",
      noisy,
    ),
  ],
  sources: ["losses/aleatoric.ts"],
  build: aleatoric,
})
