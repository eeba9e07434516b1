import type { Verdict } from "../../laws/checkClaim.ts"

/** What came of the laws of one loss. */
export interface Verified {
  readonly name: string
  /** Whether it is made of a user's module, of which only the universal laws are known. */
  readonly madeOfModule: boolean
  readonly verdicts: readonly Verdict[]
  /** Laws that a user's module does not claim. */
  readonly observed: readonly Verdict[]
  readonly runs: number
  readonly seed: number
  /** The command that tries a counterexample alone. */
  readonly again: (verdict: Verdict) => string
}

/** As `--json` prints it. */
export const verifiedJson = ({ name, verdicts, observed, runs, seed }: Verified) => ({
  loss: name,
  runs,
  seed,
  passed: verdicts.every(({ passed }) => passed),
  laws: verdicts.map(lawJson),
  ...(observed.length === 0 ? {} : { notClaimed: observed.map(lawJson) }),
})

const lawJson = ({ claim, passed, runs, counterexample }: Verdict) => ({
  law: claim.law.name,
  says: claim.law.says,
  claimed: claim.holds ? "holds" : "doesNotHold",
  when: claim.when?.says ?? null,
  passed,
  runs,
  counterexample: counterexample ?? null,
})
