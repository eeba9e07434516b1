import { nonNegative } from "../../../laws/bounds.ts"
import { uncertaintySum } from "../../../losses/uncertaintySum.ts"
import type { RecordFault } from "../../language/description.ts"
import type { NestedLosses } from "../nestedLosses.ts"
import { composedClaim, derivedClaims, keptUpToConstants } from "./derivedClaims.ts"
import { type LossEntry, lossEntry } from "./lossEntry.ts"
import { drawnTerms, type TermsOptions, termsField, totalOf } from "./sum.ts"

/** The first term that can be negative, or that nobody says cannot. */
const faultOf =
  (nested: NestedLosses) =>
  ({ terms }: TermsOptions): RecordFault | null => {
    const i = terms.findIndex((term) => !nested.claims(term, nonNegative))
    if (i < 0) return null
    const { kind } = terms[i]!
    const condition = nested.conditionOf(terms[i]!, nonNegative)
    return {
      path: `terms.${i}`,
      message: `${kind} can be negative, and its learned weight would then grow without bound`,
      expected: "a loss that is never negative",
      found: kind,
      fix: `use sum and weighted with it${condition === null ? "" : `; ${kind} is never negative ${condition}`}`,
    }
  }

export const uncertaintySumEntry = (nested: NestedLosses): LossEntry =>
  lossEntry<TermsOptions>({
    doc: "The sum of losses with weights that are trained with the network.",
    fields: { terms: termsField(nested) },
    check: faultOf(nested),
    words: {
      formula: [
        "sum over the terms of exp(-s_i) max(L_i, 1e-7) + s_i",
        "s_i = log sigma_i^2, trained, 0 at first; at its best exp(s_i) = L_i",
      ],
      source:
        "Kendall, Gal & Cipolla 2018. Both factors 1/2 are dropped, as in their published example; the 1e-7, which keeps s_i above -17, is ours.",
      useWhen: "To let training find the weights of terms whose sizes are not comparable.",
      problems: [
        "Refuses terms that can be negative, such as boundary: their weight would grow without bound.",
        "Its value can be negative, and says little about the fit: at the best s_i a term adds 1 + log L_i.",
        "A term that the network fits well gets an ever larger weight, exp(-s_i) = 1 / L_i.",
        "The optimizer trains s_i with the network's learning rate, and weight decay draws the weights to 1.",
      ],
    },
    softMask: ({ terms }) => terms.every(nested.softMask),
    claims: [
      ...derivedClaims(nested, keptUpToConstants),
      composedClaim<TermsOptions>(nested, {
        name: "startsAsSum",
        says: "Before training it is the sum of its terms.",
        expected: ({ terms }, of, value) => totalOf(terms.map((term) => value(term, of))),
      }),
    ],
    drawn: () => drawnTerms(nested).filter((options) => faultOf(nested)(options) === null),
    sources: ["losses/uncertaintySum.ts"],
    build: ({ terms }) => nested.combine(terms, uncertaintySum),
  })
