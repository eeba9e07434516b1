import fc from "fast-check"
import { sum } from "../../../losses/sum.ts"
import type { ListDescription } from "../../language/description.ts"
import type { NestedLosses } from "../nestedLosses.ts"
import type { PartSpec } from "../part.ts"
import { composedClaim, derivedClaims, keptBySums } from "./derivedClaims.ts"
import { type LossEntry, lossEntry } from "./lossEntry.ts"

export interface TermsOptions {
  readonly terms: readonly PartSpec[]
}

/** Option `terms` of sums of losses. */
export const termsField = (nested: NestedLosses): ListDescription => ({
  tag: "list",
  doc: "The losses that are added.",
  item: nested.description("A term; the kinds weighted and scheduled give it a weight."),
  minItems: 1,
  maxItems: 8,
})

export const drawnTerms = (nested: NestedLosses): fc.Arbitrary<TermsOptions> =>
  fc.record({ terms: fc.array(nested.drawn(), { minLength: 1, maxLength: 3 }) })

export const totalOf = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0)

export const sumEntry = (nested: NestedLosses): LossEntry =>
  lossEntry<TermsOptions>({
    doc: "The sum of losses.",
    fields: { terms: termsField(nested) },
    words: {
      formula: ["sum over the terms of L_i"],
      source: "Addition; value and gradient are the sums of the terms'.",
      useWhen: "To train with several losses at once, such as an overlap with a cross-entropy or a distance.",
      problems: [
        "The term of the largest gradient decides, whatever the values: weigh the terms (kind weighted) by their gradients, not by their values.",
      ],
    },
    softMask: ({ terms }) => terms.every(nested.softMask),
    claims: [
      ...derivedClaims(nested, keptBySums),
      composedClaim<TermsOptions>(nested, {
        name: "sumOfTerms",
        says: "The loss is the sum of its terms, each computed alone.",
        expected: ({ terms }, of, value) => totalOf(terms.map((term) => value(term, of))),
      }),
    ],
    drawn: () => drawnTerms(nested),
    sources: ["losses/sum.ts"],
    build: ({ terms }) => nested.combine(terms, sum),
  })
