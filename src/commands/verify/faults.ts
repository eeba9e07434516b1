import { throws, type Verdict } from "../../laws/checkClaim.ts"

/** Claims that failed together. */
export interface Fault {
  /** "mirrored (with an odd kernel)", or several with commas between them. */
  readonly laws: string
  readonly verdicts: readonly [Verdict, ...Verdict[]]
}

/** Every claim that failed on its own, but those for which the loss throws the same as one. */
export const faultsOf = (verdicts: readonly Verdict[]): readonly Fault[] => {
  const together = new Map<unknown, [Verdict, ...Verdict[]]>()
  for (const verdict of verdicts.filter(({ passed }) => !passed)) {
    const cause = threw(verdict) ? verdict.counterexample?.found : verdict
    const others = together.get(cause)
    if (others === undefined) together.set(cause, [verdict])
    else others.push(verdict)
  }
  return [...together.values()].map((failed) => ({ laws: failed.map(titleOf).join(", "), verdicts: failed }))
}

/** Whether a law failed because the loss threw something: that says nothing of the law. */
export const threw = ({ counterexample }: Verdict): boolean =>
  counterexample?.found.startsWith(throws) === true

const titleOf = ({ claim: { law, when } }: Verdict): string =>
  when === undefined ? law.name : `${law.name} (${when.says})`
