import fc from "fast-check"
import { additive, imageOrder, meanReduction, resolutionFree } from "../../../laws/batch.ts"
import { nonNegative, perfectIsFree } from "../../../laws/bounds.ts"
import { doesNotHoldWhen } from "../../../laws/claim.ts"
import { convex } from "../../../laws/shape.ts"
import { complementary, mirrored, pixelOrder } from "../../../laws/symmetry.ts"
import { labelSmoothing } from "../../../losses/labelSmoothing.ts"
import type { NestedLosses } from "../nestedLosses.ts"
import type { PartSpec } from "../part.ts"
import { composedClaim, derivedClaims } from "./derivedClaims.ts"
import { type LossEntry, lossEntry } from "./lossEntry.ts"
import { softMaskFault } from "./softMaskFault.ts"

interface LabelSmoothingOptions {
  readonly loss: PartSpec
  readonly smoothing: number
}

/** What a loss obeys on all masks it obeys on smoothed ones. */
const kept = [nonNegative, convex, complementary, pixelOrder, imageOrder, mirrored, additive, meanReduction]

export const labelSmoothingEntry = (nested: NestedLosses): LossEntry =>
  lossEntry<LabelSmoothingOptions>({
    doc: "A loss against a smoothed mask, so that no prediction is worth being certain of.",
    fields: {
      loss: nested.description("The loss; it must take soft masks."),
      smoothing: {
        tag: "number",
        doc: "How much of a label is spread over both classes: 1 becomes 1 - e / 2, 0 becomes e / 2.",
        minimum: 0,
        exclusiveMaximum: 1,
        default: 0.1,
      },
    },
    check: ({ loss }: LabelSmoothingOptions) => softMaskFault(nested, loss, "loss"),
    words: {
      formula: ["L(z, y (1 - e) + e / 2), e = smoothing"],
      source: "Szegedy et al. 2016, with two classes and a uniform distribution over them.",
      useWhen: "When the network becomes too certain, or some labels are wrong wherever they are.",
      problems: [
        "Labels are least certain at the border of an object, but are smoothed everywhere alike.",
        "The loss cannot reach 0: with bce it stays above the entropy of e / 2.",
        "A distance map, and a second annotator, are not smoothed.",
      ],
    },
    softMask: true,
    claims: [
      ...derivedClaims(nested, [...kept, resolutionFree]),
      doesNotHoldWhen<LabelSmoothingOptions>(
        perfectIsFree,
        "certainty costs e / 2 of its logit",
        "with bce and a smoothing of 0.1 and more",
        ({ loss, smoothing }) => loss.kind === "bce" && smoothing >= 0.1,
      ),
      composedClaim<LabelSmoothingOptions>(nested, {
        name: "isLossOfSmoothed",
        says: "The loss is what its loss says of the smoothed mask.",
        expected: ({ loss, smoothing }, of, value) =>
          value(loss, { ...of, mask: of.mask.map((y) => y * (1 - smoothing) + smoothing / 2) }),
      }),
    ],
    drawn: () =>
      fc.record({ loss: nested.drawn().filter(nested.softMask), smoothing: fc.constantFrom(0, 0.1, 0.5) }),
    sources: ["losses/labelSmoothing.ts"],
    build: ({ loss, smoothing }) => nested.combine([loss], ([one]) => labelSmoothing(one!, smoothing)),
  })
