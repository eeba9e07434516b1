import { labelProblems } from "../data/sources/foreground.ts"
import type { Problem } from "../failure/failure.ts"
import { labelOption } from "./maskFile.ts"
import type { CaseScore } from "./scorePair.ts"

/** What only all masks together show of the values that mean inside: a label that none of them has; or, where none
 *  were chosen, predictions (or references) that do not all use the same value, so that some may mean something else. */
export const problemsOfLabels = (
  scores: readonly CaseScore[],
  labels: readonly number[] | null,
): readonly Problem[] => {
  const found = (of: (score: CaseScore) => readonly number[]) =>
    new Map(scores.map((score) => [score.case, of(score)]))
  if (labels !== null)
    return labelProblems(
      labels,
      found((score) => [...score.labels.prediction, ...score.labels.reference]),
      labelOption,
    )
  return [
    ...labelProblems(
      null,
      found((score) => score.labels.prediction),
      labelOption,
      "predictions",
    ),
    ...labelProblems(
      null,
      found((score) => score.labels.reference),
      labelOption,
      "references",
    ),
  ]
}
