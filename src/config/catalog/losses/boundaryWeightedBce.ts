import { additive, imageOrder, meanReduction, resolutionFree } from "../../../laws/batch.ts"
import { atLeast, atMost, nonNegative, perfectIsFree } from "../../../laws/bounds.ts"
import { doesNotHold, holds } from "../../../laws/claim.ts"
import { onHardMasks } from "../../../laws/hardMasks.ts"
import { equals } from "../../../laws/limits.ts"
import { plainBce } from "../../../laws/plain/plainBce.ts"
import { plainBoundaryWeightedBce } from "../../../laws/plain/plainBoundaryWeightedBce.ts"
import { convex, fallsWithMargin, risesWith } from "../../../laws/shape.ts"
import { complementary, mirrored, pixelOrder, translated } from "../../../laws/symmetry.ts"
import { bce } from "../../../losses/bce.ts"
import { type BoundaryWeightedBceOptions, boundaryWeightedBce } from "../../../losses/boundaryWeightedBce.ts"
import { lossEntry } from "./lossEntry.ts"

export const boundaryWeightedBceEntry = lossEntry<BoundaryWeightedBceOptions>({
  doc: "Binary cross-entropy that weighs pixels near the border of the mask more.",
  fields: {
    borderWeight: {
      tag: "number",
      doc: "What a pixel at the border weighs more than one far from it.",
      minimum: 0,
      maximum: 1000,
      default: 10,
    },
    sigmaPixels: {
      tag: "number",
      doc: "Distance from the border at which 61 % of the additional weight is left, in pixels of the output.",
      minimum: 0.1,
      maximum: 1000,
      default: 5,
    },
  },
  words: {
    formula: [
      "mean of (1 + w exp(-d^2 / (2 s^2))) (-log p_t)",
      "d = pixels to the nearest pixel across the border, less 1; w = borderWeight, s = sigmaPixels; weight 1 in an image without border",
    ],
    source:
      "The border weights of Ronneberger, Fischer & Brox 2015 (U-Net) and their w and s. They add the distances to the two nearest objects, to keep cells apart; a single mask has one distance.",
    useWhen: "When the outline matters more than the inside, as it does for surface distances.",
    problems: [
      "s is in pixels of the output: at half the resolution it covers twice the distance.",
      "Annotators disagree most at the border: it weighs the least certain labels most.",
      "The mean is over pixels, not over weights: the loss grows with w and with the length of the border.",
    ],
  },
  softMask: true,
  plain: plainBoundaryWeightedBce,
  claims: [
    ...[nonNegative, perfectIsFree, fallsWithMargin, convex].map(holds),
    ...[risesWith("borderWeight"), risesWith("sigmaPixels")].map(holds),
    holds(atLeast("atLeastBce", "bce", (_options, of) => plainBce(of))),
    holds(
      atMost(
        "atMostFullyWeighted",
        "(1 + borderWeight) bce",
        ({ borderWeight }: BoundaryWeightedBceOptions, of) => (1 + borderWeight) * plainBce(of),
      ),
    ),
    ...[imageOrder, mirrored, translated, additive, meanReduction].map(holds),
    // The distance map of a soft mask is that of its pixels of 1/2 and more, and 1/2 is its own complement.
    holds(onHardMasks(complementary)),
    doesNotHold(pixelOrder, "the distance to the border depends on where a pixel is"),
    doesNotHold(resolutionFree, "distances are in pixels"),
    holds(
      equals<BoundaryWeightedBceOptions>({
        name: "borderWeightZeroIsBce",
        says: "With borderWeight 0 it is bce.",
        set: { borderWeight: 0 },
        other: () => ({ loss: bce() }),
      }),
    ),
  ],
  sources: ["losses/boundaryWeightedBce.ts"],
  build: boundaryWeightedBce,
})
