import { describe, expect, it } from "vitest"
import { byMetric } from "../../src/metrics/scores.ts"
import { problemsOfLabels } from "../../src/scoring/problemsOfLabels.ts"
import type { CaseScore } from "../../src/scoring/scorePair.ts"

const score = (
  name: string,
  prediction: readonly number[],
  reference: readonly number[] = [1],
): CaseScore => ({
  case: name,
  outcome: "scored",
  values: byMetric(() => null),
  slices: null,
  labels: { prediction, reference },
})

describe("problemsOfLabels", () => {
  it("finds none where each side always uses the same value, or nothing", () => {
    expect(problemsOfLabels([score("a", [255]), score("b", []), score("c", [255])], null)).toEqual([])
  })

  it("finds predictions that use another value than their like", () => {
    expect(
      problemsOfLabels([score("a", [1]), score("b", [2]), score("c", [1]), score("d", [1])], null),
    ).toEqual([
      {
        message: "the predictions do not agree on the value that means inside",
        path: "--labels",
        expected: "0 and one other value, the same in all predictions",
        found: "1 in a, c, d; 2 in b",
        fix: "if all of them mean inside, write --labels 1,2",
      },
    ])
  })

  it("finds references that do so", () => {
    expect(problemsOfLabels([score("a", [1], [1]), score("b", [1], [255])], null)).toMatchObject([
      { message: "the references do not agree on the value that means inside" },
    ])
  })

  it("finds a label that no mask has", () => {
    const scores = [score("a", [1], []), score("b", [], [3])]
    expect(problemsOfLabels(scores, [1, 3])).toEqual([])
    expect(problemsOfLabels(scores, [1, 2])).toMatchObject([{ message: "no mask holds the label 2" }])
  })
})
