import { additive, imageOrder, meanReduction, resolutionFree } from "../../../laws/batch.ts"
import { nonNegative, perfectIsFree } from "../../../laws/bounds.ts"
import { holds } from "../../../laws/claim.ts"
import { equals } from "../../../laws/limits.ts"
import { plainBalancedFocal } from "../../../laws/plain/plainBalancedFocal.ts"
import { fallsAs, fallsWithMargin } from "../../../laws/shape.ts"
import { complementWith, mirrored, pixelOrder, translated } from "../../../laws/symmetry.ts"
import { bce } from "../../../losses/bce.ts"
import { type FocalOptions, focal } from "../../../losses/focal.ts"
import { lossEntry } from "./lossEntry.ts"

export const focalEntry = lossEntry<FocalOptions>({
  doc: "Focal loss: cross-entropy that fades for pixels that are nearly right, with a balance of the classes.",
  fields: {
    alpha: {
      tag: "anyOf",
      doc: "Weight of the foreground, against 1 - alpha for the background; off: 1 for both.",
      options: [
        { tag: "number", doc: "A weight.", minimum: 0, maximum: 1 },
        { tag: "enum", doc: "No balance.", values: ["off"] },
      ],
      default: 0.25,
    },
    gamma: {
      tag: "number",
      doc: "Focusing exponent: the higher, the less a pixel counts that is nearly right.",
      minimum: 0,
      maximum: 10,
      default: 2,
    },
  },
  words: {
    formula: [
      "mean of alpha y (1 - p)^gamma (-log p) + (1 - alpha) (1 - y) p^gamma (-log(1 - p))",
      "alpha off: 1 in the place of alpha and of 1 - alpha",
    ],
    source:
      "Lin et al. 2017, and their alpha and gamma; the same as torchvision's sigmoid_focal_loss and MONAI's FocalLoss with a mean over pixels. A soft mask mixes the losses of the two classes; torchvision mixes p_t and alpha_t.",
    useWhen: "When most pixels are easy, and their sum drowns the hard ones.",
    problems: [
      "alpha 0.25 weighs the foreground LESS: it was found best for detectors with gamma 2, where easy background has next to no weight left.",
      "p is drawn towards 0.5: a pixel's loss fades before it is certain.",
      "It is not convex: a pixel that is far wrong has a smaller slope than one that is wrong.",
      "Its gradient is far smaller than that of bce once most pixels are right: it needs a larger learning rate, or Adam.",
    ],
  },
  softMask: true,
  plain: plainBalancedFocal,
  claims: [
    ...[nonNegative, perfectIsFree, fallsWithMargin, fallsAs("gamma")].map(holds),
    holds(
      complementWith("complementaryWithAlpha", " and alpha becomes 1 - alpha", ({ alpha }: FocalOptions) => ({
        alpha: alpha === "off" ? alpha : 1 - alpha,
      })),
    ),
    ...[pixelOrder, imageOrder, mirrored, translated, additive, meanReduction, resolutionFree].map(holds),
    holds(
      equals<FocalOptions>({
        name: "gammaZeroIsBce",
        says: "With gamma 0 and alpha off it is bce.",
        set: { gamma: 0, alpha: "off" },
        other: () => ({ loss: bce() }),
      }),
    ),
    holds(
      equals<FocalOptions>({
        name: "alphaHalfIsHalf",
        says: "With alpha 0.5 it is half of that with alpha off.",
        set: { alpha: 0.5 },
        other: ({ gamma }) => ({ loss: focal({ alpha: "off", gamma }), times: 0.5 }),
      }),
    ),
  ],
  sources: ["losses/focal.ts"],
  build: focal,
})
