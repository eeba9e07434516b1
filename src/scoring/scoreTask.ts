import { Failure, type FailureKind, failure, type Problem } from "../failure/failure.ts"
import { type CheckedPair, inCase } from "./checkPairs.ts"
import { type CaseScore, type ScoringOptions, scorePair } from "./scorePair.ts"

/** What a worker is given. */
export interface ScoreTask {
  readonly pair: CheckedPair
  readonly options: ScoringOptions
}

/** What it gives back: plain data, since a Failure does not survive the way between threads. */
export type TaskOutcome =
  | { readonly score: CaseScore }
  | { readonly kind: FailureKind; readonly problems: readonly Problem[] }

/** Scores one pair, in a worker thread or in this one. Throws only what is a bug. */
export const scoreTask = async ({ pair, options }: ScoreTask): Promise<TaskOutcome> => {
  try {
    return { score: await scorePair(pair, options) }
  } catch (error) {
    const { kind, problems } = error instanceof Failure ? error : noMemory(error)
    return { kind, problems: problems.map((problem) => inCase(pair, problem)) }
  }
}

const noMemory = (error: unknown): Failure => {
  if (!(error instanceof RangeError && error.message.includes("allocation failed"))) throw error
  return failure(
    "environment",
    {
      message: "there is not enough memory to score the case",
      found: error.message,
      fix: "use fewer --jobs, or a machine with more memory",
    },
    error,
  )
}
