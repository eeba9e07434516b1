import * as tf from "@tensorflow/tfjs-core"
import fc from "fast-check"
import { nonNegative } from "../../../laws/bounds.ts"
import { differs } from "../../../laws/differs.ts"
import { lossValue } from "../../../laws/evaluate.ts"
import { startValue } from "../../../laws/instance.ts"
import { type Law, law } from "../../../laws/law.ts"
import type { LossCase } from "../../../laws/lossCase.ts"
import { lossCaseFor } from "../../../laws/lossCases.ts"
import type { Loss } from "../../../losses/loss.ts"
import { uncertaintySum } from "../../../losses/uncertaintySum.ts"
import type { RecordFault } from "../../language/description.ts"
import { type NestedLosses, placedTermsOf } from "../nestedLosses.ts"
import type { PartSpec } from "../part.ts"
import { composedClaim, derivedClaims, drawsNothing, keptUpToConstants } from "./derivedClaims.ts"
import { type LossEntry, lossEntry } from "./lossEntry.ts"
import { drawnTerms, type TermsOptions, termsField, totalOf } from "./sum.ts"

/** The innermost loss that may be negative, or of which nobody says that it is not. */
const culpritIn = (nested: NestedLosses, spec: PartSpec, path: string): { spec: PartSpec; path: string } => {
  const inside = placedTermsOf(spec).find(([, term]) => !nested.claims(term, nonNegative))
  return inside === undefined ? { spec, path } : culpritIn(nested, inside[1], `${path}.${inside[0]}`)
}

const faultOf =
  (nested: NestedLosses) =>
  ({ terms }: TermsOptions): RecordFault | null => {
    const i = terms.findIndex((term) => !nested.claims(term, nonNegative))
    if (i < 0) return null
    const { spec, path } = culpritIn(nested, terms[i]!, `terms.${i}`)
    const { kind } = spec
    const condition = nested.conditionOf(spec, nonNegative)
    return {
      path,
      message: `${kind} may be negative${condition === null ? "" : " with these options"}, and its trained weight would then grow without bound`,
      expected: "a loss that is never negative",
      found:
        kind === "module"
          ? "a module, whose own claims are not used here"
          : `${kind}, which does not claim the law nonNegative`,
      fix: `use sum and weighted with it${condition === null ? "" : `; ${kind} is never negative ${condition}`}`,
    }
  }

/** What the loss is with the parameters that training may give it; other laws look at those that it starts with. */
const weighsByVariance = (nested: NestedLosses): Law =>
  law<{ of: LossCase; s: number[] }>({
    name: "weighsByVariance",
    says: "With any trained s_i it is the sum of exp(-s_i) L_i + s_i.",
    given: (subject) => ({
      of: lossCaseFor(subject),
      s: fc.array(
        fc.integer({ min: -20, max: 20 }).map((tenths) => tenths / 10),
        { minLength: 8, maxLength: 8 },
      ),
    }),
    check: ({ loss, params, options }, { of, s }) => {
      const { terms } = options as unknown as TermsOptions
      const found = tf.tidy(() => {
        const logVariances = tf.tensor1d(s.slice(0, terms.length))
        return lossValue(loss, of, { ...params, logVariances })
      })
      const expected = totalOf(
        terms.map((term, i) => Math.exp(-s[i]!) * startValue(nested.build(term) as Loss, of) + s[i]!),
      )
      return differs(found, expected, "found", "from its terms")
    },
  })

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
        "Refuses terms that may be negative, such as boundary or a module of one's own: their weight would grow without bound.",
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
      drawsNothing(nested, weighsByVariance(nested)),
    ],
    drawn: () => drawnTerms(nested).filter((options) => faultOf(nested)(options) === null),
    sources: ["losses/uncertaintySum.ts"],
    build: ({ terms }) => nested.combine(terms, uncertaintySum),
  })
