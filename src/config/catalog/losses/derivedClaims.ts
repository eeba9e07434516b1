import { additive, imageOrder, meanReduction, resolutionFree } from "../../../laws/batch.ts"
import { nonNegative, perfectIsFree } from "../../../laws/bounds.ts"
import { type Claim, holdsWhen } from "../../../laws/claim.ts"
import { differs } from "../../../laws/differs.ts"
import { startValue } from "../../../laws/instance.ts"
import { type Law, law } from "../../../laws/law.ts"
import type { LossCase } from "../../../laws/lossCase.ts"
import { lossCaseFor } from "../../../laws/lossCases.ts"
import { convex, fallsWithMargin } from "../../../laws/shape.ts"
import { complementary, mirrored, pixelOrder, swappable, translated } from "../../../laws/symmetry.ts"
import type { Loss } from "../../../losses/loss.ts"
import { type NestedLosses, termsOf } from "../nestedLosses.ts"
import type { PartSpec } from "../part.ts"

/** Laws that hold for any sum of losses, each times a factor from zero up, and a constant, when they hold for each. */
export const keptUpToConstants: readonly Law[] = [
  ...[fallsWithMargin, convex],
  ...[complementary, swappable, pixelOrder, imageOrder, mirrored, translated],
  ...[additive, meanReduction, resolutionFree],
]

/** The same without a constant. */
export const keptBySums: readonly Law[] = [nonNegative, perfectIsFree, ...keptUpToConstants]

/** Claims that a loss has from those that it is made of: each law when all of these claim it. */
export const derivedClaims = (nested: NestedLosses, laws: readonly Law[]): readonly Claim[] =>
  laws.map((law) =>
    holdsWhen<PartSpec>(law, "when all that it is made of claim it", (spec) =>
      termsOf(spec).every((term) => nested.claims(term, law)),
    ),
  )

/** A claim of a law that computes a loss from those that it is made of, each on its own. What draws at random draws
 *  other numbers on its own than as a term; who does cannot claim imageOrder. */
export const drawsNothing = (nested: NestedLosses, law: Law): Claim =>
  holdsWhen<PartSpec>(law, "when all that it is made of claim imageOrder", (spec) =>
    termsOf(spec).every((term) => nested.claims(term, imageOrder)),
  )

/** A claim that says how a loss is computed from those that it is made of.
 *  @param expected the value; value gives that of a loss that it is made of, on any case */
export const composedClaim = <O extends object>(
  nested: NestedLosses,
  {
    expected,
    ...words
  }: {
    readonly name: string
    readonly says: string
    readonly expected: (options: O, of: LossCase, value: (term: PartSpec, of: LossCase) => number) => number
  },
): Claim => {
  const ofTerm = (term: PartSpec, of: LossCase) => startValue(nested.build(term) as Loss, of)
  const composed = law<{ of: LossCase }>({
    ...words,
    given: (subject) => ({ of: lossCaseFor(subject) }),
    check: (loss, { of }) =>
      differs(loss.value(of), expected(loss.options as O, of, ofTerm), "found", "from what it is made of"),
  })
  return drawsNothing(nested, composed)
}
