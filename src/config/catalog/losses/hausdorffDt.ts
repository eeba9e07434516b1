import { additive, imageOrder, meanReduction, resolutionFree } from "../../../laws/batch.ts"
import { nonNegative, perfectIsFree } from "../../../laws/bounds.ts"
import { doesNotHold, holds } from "../../../laws/claim.ts"
import { complementaryOffHalf } from "../../../laws/complementaryOffHalf.ts"
import { plainHausdorffDt } from "../../../laws/plain/plainHausdorffDt.ts"
import { fallsWithMargin, risesWith } from "../../../laws/shape.ts"
import { mirrored, pixelOrder, swappable, translated } from "../../../laws/symmetry.ts"
import { type HausdorffDtOptions, hausdorffDt } from "../../../losses/hausdorffDt.ts"
import { lossEntry } from "./lossEntry.ts"

export const hausdorffDtEntry = lossEntry<HausdorffDtOptions>({
  doc: "Squared errors weighed by their distances to the borders of mask and prediction, as in the Hausdorff distance.",
  fields: {
    exponent: {
      tag: "number",
      doc: "Exponent of the distances: the larger, the more the farthest errors count.",
      exclusiveMinimum: 0,
      maximum: 4,
      default: 2,
    },
  },
  words: {
    formula: [
      "mean of (p - y)^2 (d_p^a + d_y^a), a = exponent",
      "d_y, d_p = distance in pixels to the nearest pixel of the other side of the mask, and of the prediction p > 1/2; 0 in an image that has one side only; both constant",
    ],
    source:
      "Karimi & Salcudean 2019; equal to MONAI's HausdorffDTLoss. Of a soft mask, y = 1/2 is inside here and outside there.",
    useWhen: "In a sum with a loss of regions, when HD95 is what counts.",
    problems: [
      "An empty or a full prediction of an empty mask costs nothing, and has no gradient.",
      "It grows with the square of the image's side (a = 2): 224 pixels give values in the hundreds at the start, so weigh it down or let it in by a schedule.",
      "A confident error has next to no gradient: that of the sigmoid.",
      "Its distances jump when a pixel changes sides, and the gradient does not see it.",
      "The prediction's distances are found on the host in every step, so the training step is not compiled, and a GPU waits.",
    ],
  },
  softMask: true,
  readsValues: true,
  plain: plainHausdorffDt,
  claims: [
    ...[nonNegative, perfectIsFree, risesWith("exponent"), complementaryOffHalf, swappable].map(holds),
    doesNotHold(fallsWithMargin, "a pixel that changes sides moves the border away from errors elsewhere"),
    doesNotHold(pixelOrder, "distances depend on where pixels are"),
    ...[imageOrder, mirrored, translated, additive, meanReduction].map(holds),
    doesNotHold(resolutionFree, "distances are counted in pixels"),
  ],
  sources: ["losses/hausdorffDt.ts"],
  build: hausdorffDt,
})
