import fc from "fast-check"
import { additive, imageOrder, meanReduction, resolutionFree } from "../../../laws/batch.ts"
import { nonNegative } from "../../../laws/bounds.ts"
import { type Claim, doesNotHoldWhen, holdsWhen } from "../../../laws/claim.ts"
import { convex, fallsWithMargin } from "../../../laws/shape.ts"
import { complementary, mirrored, pixelOrder } from "../../../laws/symmetry.ts"
import type { Loss } from "../../../losses/loss.ts"
import { softTargets } from "../../../losses/softTargets.ts"
import type { NestedLosses } from "../nestedLosses.ts"
import type { PartSpec } from "../part.ts"
import { composedClaim, derivedClaims } from "./derivedClaims.ts"
import { type LossEntry, lossEntry } from "./lossEntry.ts"
import { softMaskFault } from "./softMaskFault.ts"

interface SoftTargetsOptions {
  readonly loss: PartSpec
  readonly share: number
}

/** What a loss obeys on all masks it obeys on mixed ones. */
const kept = [nonNegative, convex, complementary, pixelOrder, imageOrder, mirrored, additive, meanReduction]

/** A distance map is the expert's, not one of the mixed mask. */
const unlessDistance = (nested: NestedLosses, { law, when }: Claim): Claim =>
  holdsWhen<SoftTargetsOptions>(
    law,
    `${when!.says} and it needs no distance map`,
    (options) => when!.holds(options as never) && !(nested.build(options.loss) as Loss).needs.distance,
  )

export const softTargetsEntry = (nested: NestedLosses): LossEntry =>
  lossEntry<SoftTargetsOptions>({
    doc: "A loss against both annotators' masks at once, mixed.",
    fields: {
      loss: nested.description("The loss; it must take soft masks."),
      share: {
        tag: "number",
        doc: "Share of the second annotator in the mask; 0 leaves the expert's.",
        minimum: 0,
        maximum: 1,
        default: 0.5,
      },
    },
    check: ({ loss }: SoftTargetsOptions) => softMaskFault(nested, loss, "loss"),
    words: {
      formula: ["L(z, (1 - share) y + share n), n the second annotator's mask"],
      source:
        "The mean of the annotators' masks as the target; for a cross-entropy that is the mean of the losses against each.",
      useWhen: "When annotators differ and neither is simply right: the network learns how they divide.",
      problems: [
        "A cut at 0.5 of the best prediction is the expert's mask below a share of 0.5, and the second's above: what changes is how certain it is.",
        "Dice against a mask of halves is not 0 at its best, and draws the prediction to 0 or 1.",
        "A distance map stays the expert's.",
      ],
    },
    softMask: true,
    claims: [
      ...derivedClaims(nested, [...kept, resolutionFree]),
      doesNotHoldWhen<SoftTargetsOptions>(
        fallsWithMargin,
        "certainty costs where the annotators differ",
        "with bce and a share of 0.25 and more",
        ({ loss, share }) => loss.kind === "bce" && share >= 0.25,
      ),
      unlessDistance(
        nested,
        composedClaim<SoftTargetsOptions>(nested, {
          name: "isLossOfMixed",
          says: "The loss is what its loss says of the mixed mask.",
          expected: ({ loss, share }, of, value) =>
            value(loss, { ...of, mask: of.mask.map((y, i) => (1 - share) * y + share * of.second[i]!) }),
        }),
      ),
    ],
    drawn: () =>
      fc.record({ loss: nested.drawn().filter(nested.softMask), share: fc.constantFrom(0, 0.25, 0.5, 1) }),
    sources: ["losses/softTargets.ts"],
    build: ({ loss, share }) => nested.combine([loss], ([one]) => softTargets(one!, share)),
  })
