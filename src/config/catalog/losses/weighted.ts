import fc from "fast-check"
import { weighted } from "../../../losses/weighted.ts"
import type { NestedLosses } from "../nestedLosses.ts"
import type { PartSpec } from "../part.ts"
import { composedClaim, derivedClaims, keptBySums } from "./derivedClaims.ts"
import { type LossEntry, lossEntry } from "./lossEntry.ts"

interface WeightedOptions {
  readonly loss: PartSpec
  readonly weight: number
}

export const weightedEntry = (nested: NestedLosses): LossEntry =>
  lossEntry<WeightedOptions>({
    doc: "A loss times a number.",
    fields: {
      loss: nested.description("The loss."),
      weight: { tag: "number", doc: "What it is multiplied by.", minimum: 0, maximum: 1000 },
    },
    words: {
      formula: ["weight L"],
      source: "Multiplication; the gradient is multiplied as well.",
      useWhen:
        "For a term of a sum. Alone it does what another learning rate would, unless the optimizer is Adam.",
      problems: ["Weight 0 trains nothing: for a sum without one of its terms, to compare with."],
    },
    softMask: ({ loss }) => nested.softMask(loss),
    claims: [
      ...derivedClaims(nested, keptBySums),
      composedClaim<WeightedOptions>(nested, {
        name: "weightTimesLoss",
        says: "The loss is its weight times the loss that it weighs.",
        expected: ({ loss, weight }, of, value) => weight * value(loss, of),
      }),
    ],
    // A large weight would make an error of what is the rounding of the loss.
    drawn: () => fc.record({ loss: nested.drawn(), weight: fc.constantFrom(0, 0.01, 0.5, 1, 3) }),
    sources: ["losses/weighted.ts"],
    build: ({ loss, weight }) => nested.combine([loss], ([one]) => weighted(one!, weight)),
  })
