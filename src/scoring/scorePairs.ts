import { Failure } from "../failure/failure.ts"
import type { CheckedPair } from "./checkPairs.ts"
import { problemsOfLabels } from "./problemsOfLabels.ts"
import { type RunTasks, runHere, runInWorkers } from "./runTasks.ts"
import type { CaseScore, ScoringOptions } from "./scorePair.ts"

export interface Scoring {
  readonly options: ScoringOptions
  /** Pairs to score at once, at most. */
  readonly jobs: number
  readonly onDone: (pair: CheckedPair) => void
  readonly signal: AbortSignal
}

/** So many voxels are scored sooner than threads have started. */
const worthThreads = 2 ** 22

/** Scores all pairs; the result does not depend on how many at once. What is damaged stops only its own pair.
 *  Throws the signal's reason when it is aborted, and Failure with the problems of all pairs: "data" for masks that
 *  are damaged or none, "environment" when memory ran out. */
export const scorePairs = async (
  pairs: readonly CheckedPair[],
  { options, jobs, onDone, signal }: Scoring,
): Promise<readonly CaseScore[]> => {
  const tasks = pairs.map((pair) => ({ pair, options }))
  const run = runnerOf(pairs, jobs)
  const outcomes = await run(tasks, ({ pair }) => onDone(pair), signal)
  const failed = outcomes.filter((outcome) => "problems" in outcome)
  if (failed.length > 0)
    throw new Failure(
      failed[0]!.kind,
      failed.flatMap(({ problems }) => problems),
    )
  const scores = outcomes.flatMap((outcome) => ("score" in outcome ? [outcome.score] : []))
  const problems = problemsOfLabels(scores, options.labels)
  if (problems.length > 0) throw new Failure("data", problems)
  return scores
}

const runnerOf = (pairs: readonly CheckedPair[], jobs: number): RunTasks => {
  const voxels = pairs.reduce((sum, { geometry: { shape } }) => sum + shape[0] * shape[1] * shape[2], 0)
  return voxels <= worthThreads ? runHere : runInWorkers(Math.min(jobs, pairs.length))
}
