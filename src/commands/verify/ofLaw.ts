import { type Failure, failure } from "../../failure/failure.ts"
import { nearest } from "../../failure/suggestion.ts"
import type { Claim } from "../../laws/claim.ts"
import type { Observed } from "./moduleClaimant.ts"

/** What is about one law alone: a claim, or a law that a module does not claim.
 *  Throws Failure("usage") when no loss says anything of it. */
export const ofLaw = (found: readonly Observed[], law: string): readonly Observed[] => {
  const named = (claims: readonly Claim[]) => claims.filter((claim) => claim.law.name === law)
  const about = found
    .map(({ claimant, observed }) => ({
      claimant: { ...claimant, claims: named(claimant.claims) },
      observed: named(observed),
    }))
    .filter(({ claimant, observed }) => claimant.claims.length + observed.length > 0)
  if (about.length === 0) throw nothingOf(found, law)
  return about
}

const nothingOf = (found: readonly Observed[], law: string): Failure => {
  const one = found.length === 1
  const claimed = found.flatMap(({ claimant, observed }) => [...claimant.claims, ...observed])
  const names = [...new Set(claimed.map((claim) => claim.law.name))]
  const expected = `one of ${names.join(", ")}`
  const silent = found.find(({ claimant }) => claimant.leftOut?.some((claim) => claim.law.name === law))
  if (silent !== undefined)
    return failure("usage", {
      message: `with these options ${one ? "the loss says" : "the losses say"} nothing of \`${law}\``,
      expected,
      fix: `see what it says with others: losslab verify ${silent.claimant.subject.name} --law ${law}`,
    })
  const suggestion = nearest(law, names)
  return failure("usage", {
    message: `\`${law}\` is no law that ${one ? "this loss claims" : "these losses claim"}`,
    expected,
    ...(suggestion === undefined ? {} : { suggestion }),
  })
}
