import type { Problem } from "../failure/failure.ts"
import type { CaseScore } from "./scorePair.ts"

/** What only all masks together show of the values that mean inside: a label that none of them has; or, where none
 *  were chosen, predictions (or references) that do not all use the same value, so that some may mean something else. */
export const insideProblems = (
  scores: readonly CaseScore[],
  labels: readonly number[] | null,
): readonly Problem[] =>
  labels === null
    ? [...severalValues(scores, "prediction"), ...severalValues(scores, "reference")]
    : labels
        .filter((label) =>
          scores.every(({ inside }) => ![...inside.prediction, ...inside.reference].includes(label)),
        )
        .map((label) => ({
          message: `no mask holds the label ${label}`,
          path: "--labels",
          fix: "give --labels that the masks hold",
        }))

const maxShown = 3

const severalValues = (scores: readonly CaseScore[], side: "prediction" | "reference"): Problem[] => {
  const cases = new Map<number, string[]>()
  for (const score of scores)
    for (const value of score.inside[side]) cases.set(value, [...(cases.get(value) ?? []), score.case])
  if (cases.size < 2) return []
  const values = [...cases.keys()].sort((a, b) => a - b)
  const shown = values.slice(0, maxShown).map((value) => {
    const [first, ...others] = cases.get(value)!
    return `${value} in ${first}${others.length === 0 ? "" : ` and ${others.length} more`}`
  })
  return [
    {
      message: `the ${side}s do not agree on the value that means inside`,
      path: "--labels",
      expected: "0 and one other value, the same in all of them, or --labels",
      found: [...shown, ...(values.length > maxShown ? ["..."] : [])].join(", "),
      fix: `say which values are inside: --labels ${values[0]}, or several, separated by commas`,
    },
  ]
}
