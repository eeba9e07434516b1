import fc from "fast-check"
import type { Counterexample, Verdict } from "../../../src/laws/checkClaim.ts"
import type { Claim } from "../../../src/laws/claim.ts"
import type { Law } from "../../../src/laws/law.ts"

/** A law that is only named. */
export const lawOf = (name: string): Law => ({
  name,
  says: `The law ${name}.`,
  trials: () => fc.constant({ given: {}, run: () => null }),
})

export const claimOf = (name: string, more: Partial<Claim> = {}): Claim => ({
  law: lawOf(name),
  holds: true,
  ...more,
})

export const counterexampleOf = (found: string): Counterexample => ({
  ...{ given: { by: 2 }, found, seed: 7, path: "1:2" },
})

/** What came of a claim: it held in ten runs, unless something was found. */
export const verdictOn = (claim: Claim, found?: string, passed = found === undefined): Verdict => ({
  ...{ claim, passed, runs: 10 },
  ...(found === undefined ? {} : { counterexample: counterexampleOf(found) }),
})
