import fc from "fast-check"
import { additive, imageOrder, meanReduction } from "../../../laws/batch.ts"
import { type Claim, holdsWhen } from "../../../laws/claim.ts"
import { images } from "../../../laws/lossCase.ts"
import { perImage } from "../../../losses/perImage.ts"
import type { NestedLosses } from "../nestedLosses.ts"
import type { PartSpec } from "../part.ts"
import { composedClaim, derivedClaims, keptBySums } from "./derivedClaims.ts"
import { type LossEntry, lossEntry } from "./lossEntry.ts"
import { totalOf } from "./sum.ts"

interface PerImageOptions {
  readonly loss: PartSpec
}

/** What it makes true, whatever its loss says of batches, as long as the loss draws nothing at random. */
const madeTrue = [additive, meanReduction]

const claims = (nested: NestedLosses): readonly Claim[] => [
  ...madeTrue.map((law) =>
    holdsWhen<PerImageOptions>(law, "when its loss claims imageOrder", ({ loss }) =>
      nested.claims(loss, imageOrder),
    ),
  ),
  ...derivedClaims(
    nested,
    keptBySums.filter((law) => !madeTrue.includes(law)),
  ),
  composedClaim<PerImageOptions>(nested, {
    name: "meanOfImages",
    says: "The loss is the mean over the images of what its loss says of each alone.",
    expected: ({ loss }, of, value) => {
      const each = images(of)
      return totalOf(each.map((image) => value(loss, image))) / each.length
    },
  }),
]

export const perImageEntry = (nested: NestedLosses): LossEntry =>
  lossEntry<PerImageOptions>({
    doc: "The mean over the images of a batch of the loss of each alone.",
    fields: { loss: nested.description("The loss of an image.") },
    words: {
      formula: ["mean over images b of L(image b)"],
      source: "A definition. Images share a loss's trained parameters, and no noise.",
      useWhen: "For losses that are no mean over images, with one sum or one gamma over the batch.",
      problems: [
        "It computes the loss once for every image, which is slow; losses with an option `over: image` do the same at once.",
        "The mean of cross-entropies it leaves as it is.",
      ],
    },
    softMask: ({ loss }) => nested.softMask(loss),
    claims: claims(nested),
    drawn: () => fc.record({ loss: nested.drawn() }),
    sources: ["losses/perImage.ts"],
    build: ({ loss }) => nested.combine([loss], ([one]) => perImage(one!)),
  })
