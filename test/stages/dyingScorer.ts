import type { ScoredCase } from "../../src/metrics/scoreCase.ts"
import { type PredictionTask, scorePrediction as score } from "../../src/stages/scorePrediction.ts"

/** As the real one, but the second case takes its thread with it, and the third is never scored. */
export const scorePrediction = (task: PredictionTask): ScoredCase => {
  if (task.id === "test_2") process.exit(9)
  while (task.id === "test_3");
  return score(task)
}
