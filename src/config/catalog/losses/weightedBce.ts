import { additive, imageOrder, meanReduction, resolutionFree } from "../../../laws/batch.ts"
import { nonNegative, perfectIsFree } from "../../../laws/bounds.ts"
import { doesNotHoldWhen, holds } from "../../../laws/claim.ts"
import { equals } from "../../../laws/limits.ts"
import { plainWeightedBce } from "../../../laws/plain/plainWeightedBce.ts"
import { convex, fallsWithMargin, risesWith } from "../../../laws/shape.ts"
import { complementary, mirrored, pixelOrder, translated } from "../../../laws/symmetry.ts"
import { bce } from "../../../losses/bce.ts"
import { type WeightedBceOptions, weightedBce } from "../../../losses/weightedBce.ts"
import { lossEntry } from "./lossEntry.ts"

export const weightedBceEntry = lossEntry<WeightedBceOptions>({
  doc: "Binary cross-entropy with a weight for the foreground.",
  fields: {
    foregroundWeight: {
      tag: "number",
      doc: "Weight of the foreground's term; the background's is 1.",
      minimum: 0,
      maximum: 1000,
      default: 2,
    },
  },
  words: {
    formula: ["mean of w y (-log p) + (1 - y) (-log(1 - p))", "w = foregroundWeight"],
    source: "PyTorch's BCEWithLogitsLoss with pos_weight, the same.",
    useWhen:
      "When the object is small, or a missed pixel is worse than a false alarm. The ratio of background to foreground pixels balances the classes.",
    problems: [
      "p is no longer a probability: at its best it is w y / (w y + 1 - y), so for w above 1 a cut at 0.5 draws objects too large.",
      "The mean is over pixels, not over weights: the loss, and its gradient, grow with w.",
    ],
  },
  softMask: true,
  plain: plainWeightedBce,
  claims: [
    ...[nonNegative, perfectIsFree, fallsWithMargin, convex, risesWith("foregroundWeight")].map(holds),
    ...[pixelOrder, imageOrder, mirrored, translated, additive, meanReduction, resolutionFree].map(holds),
    doesNotHoldWhen<WeightedBceOptions>(
      complementary,
      "it weighs one class more than the other",
      "unless the weight is 1",
      ({ foregroundWeight }) => foregroundWeight !== 1,
    ),
    holds(
      equals<WeightedBceOptions>({
        name: "weightOneIsBce",
        says: "With foregroundWeight 1 it is bce.",
        set: { foregroundWeight: 1 },
        other: () => ({ loss: bce() }),
      }),
    ),
  ],
  sources: ["losses/weightedBce.ts"],
  build: weightedBce,
})
