import fc from "fast-check"
import type { Claim, Condition } from "./claim.ts"
import type { Given, Trial } from "./law.ts"
import type { Options, Subject } from "./subject.ts"

export interface CheckOptions {
  readonly runs: number
  readonly seed: number
  /** Of a counterexample: fast-check then tries this one alone. */
  readonly path?: string
  /** Whether a counterexample is made small (default); when only the verdict counts, that is time lost. */
  readonly shrink?: boolean
}

/** The smallest input found on which a law does not hold. */
export interface Counterexample {
  readonly given: Given
  readonly found: string
  readonly seed: number
  readonly path: string
}

export interface Verdict {
  readonly claim: Claim
  readonly passed: boolean
  /** How many inputs were tried. */
  readonly runs: number
  /** Of the law; a claim that it does not hold needs one to pass. */
  readonly counterexample?: Counterexample
}

/** A counterexample to a law that is said not to hold is looked for at least so many times: one in a hundred inputs
 *  may be one, and a seed that finds none would make a right claim fail. */
const searches = 1500

/** What was found begins with this where the loss threw something. */
export const throws = "it throws: "

/** What was found, or thrown, instead of what the law says. */
const outcomeOf = ({ run }: Trial): string | null => {
  try {
    return run()
  } catch (error) {
    return `${throws}${reasonOf(error)}`
  }
}

/** The message of what was thrown, and of what caused it. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : `${error.message}: ${reasonOf(error.cause)}`
}

/** A claim about options of which not one in so many is drawn would be looked for without end. */
const tries = 20_000

const optionsFor = (
  name: string,
  options: fc.Arbitrary<Options>,
  { says, holds }: Condition,
): fc.Arbitrary<Options> => {
  let missed = 0
  return options.filter((drawn) => {
    if (holds(drawn as never)) {
      missed = 0
      return true
    }
    if (++missed === tries) throw new Error(`${name}: no options were found ${says}, in ${tries} tries`)
    return false
  })
}

/** The loss with those options that a claim is about. */
const subjectFor = (subject: Subject, when: Condition): Subject => {
  const { name, options, others } = subject
  return {
    ...subject,
    options: optionsFor(name, options, when),
    ...(others === undefined ? {} : { others: () => optionsFor(name, others(), when) }),
  }
}

/** A loss that throws obeys no law; it is no example of one that does not hold, either. */
const isCounterexample = ({ holds }: Claim, found: string | null): boolean =>
  found !== null && (holds || !found.startsWith(throws))

/** Checks one claim of a loss on random inputs, all decided by the seed; a counterexample is shrunk. */
export const checkClaim = (
  subject: Subject,
  claim: Claim,
  { runs, seed, path, shrink = true }: CheckOptions,
): Verdict => {
  const { law, when } = claim
  const trials = law.trials(when === undefined ? subject : subjectFor(subject, when))
  const details = fc.check(
    fc.property(trials, (trial) => !isCounterexample(claim, outcomeOf(trial))),
    {
      seed,
      endOnFailure: !shrink,
      numRuns: claim.holds ? runs : Math.max(runs, searches),
      ...(path === undefined ? {} : { path }),
    },
  )
  const trial = details.counterexample?.[0]
  return {
    claim,
    passed: details.failed === !claim.holds,
    runs: details.numRuns,
    ...(trial === undefined
      ? {}
      : {
          counterexample: {
            given: trial.given,
            found: outcomeOf(trial) ?? "it did not fail again: the loss is not deterministic",
            seed,
            path: details.counterexamplePath ?? "",
          },
        }),
  }
}
