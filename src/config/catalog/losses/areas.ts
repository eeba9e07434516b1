import { additive, imageOrder, meanReduction, resolutionFree } from "../../../laws/batch.ts"
import { atMostOne, nonNegative, perfectIsFree } from "../../../laws/bounds.ts"
import { type Claim, doesNotHold, doesNotHoldWhen, holds, holdsWhen } from "../../../laws/claim.ts"
import { equals } from "../../../laws/limits.ts"
import { images } from "../../../laws/lossCase.ts"
import { lossCaseFor } from "../../../laws/lossCases.ts"
import { convex, fallsAs, fallsWithMargin } from "../../../laws/shape.ts"
import type { Options } from "../../../laws/subject.ts"
import { complementary, mirrored, pixelOrder, translated } from "../../../laws/symmetry.ts"
import type { Over } from "../../../losses/groupAxes.ts"
import type { Loss } from "../../../losses/loss.ts"
import type { EnumDescription, NumberDescription } from "../../language/description.ts"

/** Option `smooth` of losses that are ratios of areas. */
export const smooth: NumberDescription = {
  tag: "number",
  doc: "Added to numerator and denominator, in pixels: what keeps an empty mask with an empty prediction from 0 / 0.",
  minimum: 1e-10,
  maximum: 1000,
  default: 1e-5,
}

/** Option `over` of losses that are ratios of areas. */
export const over: EnumDescription = {
  tag: "enum",
  doc: "image: the mean over images of each one's loss; batch: one loss of all their pixels together.",
  values: ["image", "batch"],
  default: "image",
}

interface AreaOptions {
  readonly over: Over
}

const overImages = (o: AreaOptions) => o.over === "image"
const overBatch = (o: AreaOptions) => o.over === "batch"

/** What overlaps of one class have in common, from 0 where it is found to 1 where it is missed. */
export const overlapClaims: readonly Claim[] = [
  ...[nonNegative, atMostOne, perfectIsFree, fallsWithMargin, fallsAs("smooth")].map(holds),
  doesNotHold(complementary, "background that is found counts for nothing"),
  doesNotHold(convex, "it is a ratio of sigmoids"),
]

/** What all ratios of areas have in common: a pixel counts by what it is, not where, and images by the option `over`. */
export const areaClaims = <O extends AreaOptions>(build: (options: O) => Loss): readonly Claim[] => [
  ...[pixelOrder, imageOrder, mirrored, translated].map(holds),
  holdsWhen(additive, "over images", overImages),
  doesNotHoldWhen(additive, "it is a ratio of sums over all images", "over the batch", overBatch),
  holdsWhen(meanReduction, "over images", overImages),
  doesNotHoldWhen(meanReduction, "the smoothing weighs less beside more pixels", "over the batch", overBatch),
  doesNotHold(resolutionFree, "the smoothing weighs less beside more pixels"),
  holds(
    equals<Options>({
      name: "oneImageIsItsBatch",
      says: "Of one image it is the same over images and over the batch.",
      set: { over: "batch" },
      other: (options) => ({ loss: build({ ...options, over: "image" } as unknown as O) }),
      cases: (subject) => lossCaseFor(subject).map((of) => images(of)[0]!),
    }),
  ),
]
