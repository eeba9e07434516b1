import { additive, imageOrder, meanReduction, resolutionFree } from "../../../laws/batch.ts"
import { nonNegative, perfectIsFree } from "../../../laws/bounds.ts"
import { doesNotHold, doesNotHoldWhen, holds, holdsWhen } from "../../../laws/claim.ts"
import { gradient64 } from "../../../laws/gradient64.ts"
import { equals } from "../../../laws/limits.ts"
import { images } from "../../../laws/lossCase.ts"
import { lossCaseFor } from "../../../laws/lossCases.ts"
import { plainLovaszHinge } from "../../../laws/plain/plainLovaszHinge.ts"
import { convex, fallsWithMargin } from "../../../laws/shape.ts"
import { complementary, mirrored, pixelOrder, swappable, translated } from "../../../laws/symmetry.ts"
import { type LovaszHingeOptions, lovaszHinge } from "../../../losses/lovaszHinge.ts"
import { lossEntry } from "./lossEntry.ts"

const perImage = (o: LovaszHingeOptions) => o.over === "image"

export const lovaszHingeEntry = lossEntry<LovaszHingeOptions>({
  doc: "Lovasz hinge: the convex extension of 1 - IoU to margins.",
  fields: {
    over: {
      tag: "enum",
      doc: "The Jaccard index of each image, its losses averaged; or of all pixels of the batch at once.",
      values: ["image", "batch"],
      default: "image",
    },
  },
  words: {
    formula: [
      "sum over k of max(e_k, 0) (J_k - J_(k-1)), mean over images; e = 1 - z (2y - 1) in descending order",
      "J_k = 1 - IoU when the first k pixels of that order are the mistakes",
    ],
    source:
      "Berman, Triki & Blaschko 2018, and their code. Among equal errors the first in row-major order counts as the worst; the value does not depend on it.",
    useWhen:
      "To optimise the Jaccard index itself, usually after a training with cross-entropy, or in a sum with it.",
    problems: [
      "It is a hinge: pixels that are right by a margin of 1 have no gradient, and probabilities are not calibrated.",
      "Few pixels carry most of the gradient: on an empty mask the worst one alone.",
      "The gradient jumps where two errors change places, and is one of many where they are equal.",
      "It sorts the pixels of every image: slower than the losses that do not.",
      "It is not bounded: a logit of -1e4 on a foreground pixel costs 1e4.",
    ],
  },
  softMask: true,
  plain: plainLovaszHinge,
  claims: [
    ...[nonNegative, perfectIsFree, fallsWithMargin, convex, swappable],
    ...[pixelOrder, imageOrder, mirrored, translated, meanReduction, resolutionFree],
  ]
    .map(holds)
    .concat([
      doesNotHold(gradient64, "among equal errors, the one that counts as the worst gets the gradient"),
      doesNotHold(complementary, "the Jaccard index looks at the foreground alone"),
      holdsWhen(additive, "over images", perImage),
      doesNotHoldWhen(
        additive,
        "images share one union",
        "over the batch",
        (o: LovaszHingeOptions) => !perImage(o),
      ),
      holds(
        equals<LovaszHingeOptions>({
          name: "oneImageIsItsBatch",
          says: "Of one image it is the same over images and over the batch.",
          set: { over: "image" },
          other: () => ({ loss: lovaszHinge({ over: "batch" }) }),
          cases: (subject) => lossCaseFor(subject).map((of) => images(of)[0]!),
        }),
      ),
    ]),
  sources: ["losses/lovaszHinge.ts"],
  build: lovaszHinge,
})
