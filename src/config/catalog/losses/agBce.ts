import { additive, imageOrder, meanReduction } from "../../../laws/batch.ts"
import { atLeast, nonNegative } from "../../../laws/bounds.ts"
import { doesNotHoldWhen, holds, holdsWhen } from "../../../laws/claim.ts"
import { equals } from "../../../laws/limits.ts"
import { lossCase } from "../../../laws/lossCases.ts"
import { plainAgBce } from "../../../laws/plain/plainAgBce.ts"
import { fallsWithMargin, risesWith } from "../../../laws/shape.ts"
import { complementary, mirrored, pixelOrder, translated } from "../../../laws/symmetry.ts"
import { type AgBceOptions, agBce } from "../../../losses/agBce.ts"
import { bce } from "../../../losses/bce.ts"
import { form, kernel } from "./annotators.ts"
import { lossEntry } from "./lossEntry.ts"

export const agBceEntry = lossEntry<AgBceOptions>({
  doc: "Annotation-guided cross-entropy: pixels on which annotators disagree weigh more.",
  fields: {
    kernel,
    hardWeight: {
      tag: "number",
      doc: "Weight of a hard pixel over an easy one.",
      minimum: 0,
      maximum: 1000,
      default: 4,
    },
    form,
  },
  words: {
    formula: [
      "mean of 0.5 (-log p_t) (easy + h hard) / (1 + h)",
      "hard = the annotators' disagreement grown by a square of kernel pixels, easy = 1 - hard, h = hardWeight",
      "form reference: -log(p_t + 1e-6)",
    ],
    source:
      "Jiang et al. 2024 (MicroSegNet), its code; beta, the share of each class, is fixed at its published 0.5.",
    useWhen: "When there are two annotators and the places where they differ matter most.",
    problems: [
      "reference: a confident error has next to no gradient (half of cross-entropy's at z = -13.8, a five-hundredth at -20), and a perfect prediction costs slightly less than 0.",
      "Its weights are 0.2 and 0.8 of one half: at the same predictions it is far smaller than bce, and so is its gradient.",
      "An even kernel is not symmetric: it grows one pixel further down and right.",
    ],
  },
  softMask: false,
  plain: plainAgBce,
  claims: [
    holdsWhen<AgBceOptions>(nonNegative, "in the form logits", (o) => o.form === "logits"),
    doesNotHoldWhen<AgBceOptions>(
      nonNegative,
      "log(1 + 1e-6) is above 0",
      "in the form reference",
      (o) => o.form === "reference",
    ),
    holds(atLeast("atLeastAlmostZero", "-0.5e-6, the 1e-6 of the form reference", -0.5e-6)),
    ...[fallsWithMargin, complementary, imageOrder, additive, meanReduction].map(holds),
    holdsWhen<AgBceOptions>(
      risesWith("kernel"),
      "with hardWeight 1 and more in the form logits",
      (o) => o.hardWeight >= 1 && o.form === "logits",
    ),
    holdsWhen<AgBceOptions>(pixelOrder, "with kernel 1", (o) => o.kernel === 1),
    doesNotHoldWhen<AgBceOptions>(
      pixelOrder,
      "the neighbours of a hard pixel are hard",
      "with kernel 2 or 3",
      (o) => o.kernel > 1 && o.kernel < 4,
    ),
    holdsWhen<AgBceOptions>(mirrored, "with an odd kernel", (o) => o.kernel % 2 === 1),
    holdsWhen<AgBceOptions>(translated, "with a kernel up to 4", (o) => o.kernel <= 4),
    holds(
      equals<AgBceOptions>({
        name: "equalWeightsAreBce",
        says: "With hardWeight 1 in the form logits it is a quarter of bce.",
        set: { hardWeight: 1, form: "logits" },
        other: () => ({ loss: bce(), times: 1 / 4 }),
      }),
    ),
    holds(
      equals<AgBceOptions>({
        name: "agreementIsBce",
        says: "Of annotators who agree it is bce / (2 (1 + hardWeight)), in the form logits.",
        set: { form: "logits" },
        other: ({ hardWeight }) => ({ loss: bce(), times: 1 / (2 * (1 + hardWeight)) }),
        cases: () => lossCase().map((of) => ({ ...of, second: of.mask })),
      }),
    ),
  ],
  sources: ["losses/agBce.ts"],
  build: agBce,
})
