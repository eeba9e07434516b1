import { additive, imageOrder, meanReduction, resolutionFree } from "../../../laws/batch.ts"
import { nonNegative, perfectIsFree } from "../../../laws/bounds.ts"
import { doesNotHoldWhen, holds, holdsWhen } from "../../../laws/claim.ts"
import { equals } from "../../../laws/limits.ts"
import { plainFocal } from "../../../laws/plain/plainFocal.ts"
import { sigmoid } from "../../../laws/plain/scalar.ts"
import { fallsAs, fallsWithMargin, risesWith } from "../../../laws/shape.ts"
import { complementary, mirrored, pixelOrder, translated } from "../../../laws/symmetry.ts"
import { bce } from "../../../losses/bce.ts"
import { type PyTorchFocalOptions, pyTorchFocal } from "../../../losses/pyTorchFocal.ts"
import { lossEntry } from "./lossEntry.ts"
import { input } from "./lossInput.ts"

const onLogits = (o: PyTorchFocalOptions) => o.input === "logits"

export const pyTorchFocalEntry = lossEntry<PyTorchFocalOptions>({
  doc: "Focal loss with one factor for both classes, alpha (1 - p)^gamma (-log p), p of the true class.",
  fields: {
    alpha: {
      tag: "number",
      doc: "Factor of the whole loss; it does not balance the classes.",
      exclusiveMinimum: 0,
      maximum: 1,
      default: 0.25,
    },
    gamma: { tag: "number", doc: "Focusing exponent.", minimum: 0, maximum: 10, default: 2 },
    input,
  },
  presets: { "as-trained": { input: "probabilities-as-logits" } },
  words: {
    formula: ["mean of alpha (1 - p_t)^gamma (-log p_t)", "as-trained: p = sigmoid(sigmoid(z))"],
    source:
      "Thakur 2024, his code; the focal term of Lin et al. 2017, whose alpha weighs the classes against each other. Equal to alpha times MONAI's FocalLoss(alpha=None).",
    useWhen: "To repeat the published baseline; otherwise use focal, which balances the classes.",
    problems: [
      "alpha only scales the loss, and with it the gradient: compare it with others at an equal step size, not at an equal learning rate.",
      "as-trained: p lies between 0.5 and 0.73 whatever the logits, so a perfect prediction costs 0.0057 (foreground) or 0.0433 (background), and the gradient vanishes with the sigmoid's.",
    ],
  },
  softMask: false,
  plain: (of, options) =>
    plainFocal(
      options.input === "logits" ? of : { ...of, logits: of.logits.map(sigmoid) },
      options.alpha,
      options.gamma,
    ),
  claims: [
    holds(nonNegative),
    holdsWhen(perfectIsFree, "on logits", onLogits),
    doesNotHoldWhen(
      perfectIsFree,
      "the second sigmoid keeps p_t below 1",
      "with the second sigmoid",
      (o: PyTorchFocalOptions) => !onLogits(o),
    ),
    ...[fallsWithMargin, fallsAs("gamma"), risesWith("alpha")].map(holds),
    holdsWhen(complementary, "on logits", onLogits),
    ...[pixelOrder, imageOrder, mirrored, translated, additive, meanReduction, resolutionFree].map(holds),
    holdsWhen(
      equals<PyTorchFocalOptions>({
        name: "gammaZeroIsBce",
        says: "With gamma 0 it is alpha times bce.",
        set: { gamma: 0 },
        other: ({ alpha }) => ({ loss: bce(), times: alpha }),
      }),
      "on logits",
      onLogits,
    ),
  ],
  sources: ["losses/pyTorchFocal.ts"],
  build: pyTorchFocal,
})
