import { availableParallelism } from "node:os"
import type { TestCase } from "../data/dataset/dataset.ts"
import { failure } from "../failure/failure.ts"
import { interrupted } from "../failure/interrupted.ts"
import type { ScoredCase } from "../metrics/scoreCase.ts"
import type { ScoreOptions } from "../metrics/scoreMask.ts"
import { moduleBeside, ThreadDeath, threadPool } from "../system/threadPool.ts"
import { breathe } from "./breathe.ts"
import { type Prediction, type PredictionTask, predictionTask, scorePrediction } from "./scorePrediction.ts"

/** Begins to score a prediction, and gives its scores when they are there. Whoever calls it may do
 *  other things before waiting for them; a failure is told to those who wait.
 *  Throws Failure: "environment" when the thread died, "interrupted". */
export type Scorer = (prediction: Prediction) => Promise<ScoredCase>

export interface ScorerOptions {
  readonly scoring: ScoreOptions
  readonly signal: AbortSignal
  /** 0: this thread. */
  readonly threads: number
  /** Module whose `scorePrediction` the threads call. */
  readonly file?: URL
}

/** So many voxels take some 3 s to score, at 5 ns each; a thread takes half a second to start, and TensorFlow leaves
 *  it little of the machine. */
const worthThread = 2 ** 29

/** How many threads are worth their start for predictions of these cases; a case as often as it is predicted. */
export const scoringThreads = (cases: readonly Pick<TestCase, "geometry">[]): number => {
  const voxels = cases.reduce((sum, { geometry: { shape } }) => sum + shape[0] * shape[1] * shape[2], 0)
  return Math.min(Math.floor(voxels / worthThread), cases.length, availableParallelism())
}

/** Lends a scorer, in worker threads or in this one: the scores are the same. Threads are given masks packed, and
 *  each unpacks one case at a time. They end with `use`, or at once when the signal is aborted. */
export const withScorer = async <A>(
  options: ScorerOptions,
  use: (score: Scorer) => Promise<A>,
): Promise<A> => {
  if (options.threads === 0) return use(heard(scorerHere(options)))
  const { scoring, signal, threads } = options
  const file = options.file ?? moduleBeside(import.meta.url, "scorePrediction")
  const pool = threadPool<PredictionTask, ScoredCase>({
    file,
    name: "scorePrediction",
    threads,
    signal,
  })
  const score: Scorer = (prediction) =>
    pool.run(predictionTask(prediction, scoring)).catch((error: unknown) => {
      throw signal.aborted ? interrupted() : failureOf(error, prediction)
    })
  try {
    return await use(heard(score))
  } finally {
    await pool.close()
  }
}

const scorerHere =
  ({ scoring, signal }: ScorerOptions): Scorer =>
  async (prediction) => {
    await breathe(signal)
    return scorePrediction(predictionTask(prediction, scoring))
  }

/** The same, but a failure that nobody waits for yet does not end the process. */
const heard =
  (score: Scorer): Scorer =>
  (prediction) => {
    const scores = score(prediction)
    scores.catch(() => undefined)
    return scores
  }

const failureOf = (error: unknown, { of }: Prediction): unknown =>
  error instanceof ThreadDeath
    ? failure(
        "environment",
        {
          message: "the thread that scored the case died",
          path: `case ${of.id}`,
          found: error.message,
          fix: "run the same command again, on a machine with more memory if it dies again",
        },
        error,
      )
    : error
