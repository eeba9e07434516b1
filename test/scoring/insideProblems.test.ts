import { describe, expect, it } from "vitest"
import { byMetric } from "../../src/metrics/scores.ts"
import { insideProblems } from "../../src/scoring/insideProblems.ts"
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
  inside: { prediction, reference },
})

describe("insideProblems", () => {
  it("finds none where each side always uses the same value, or nothing", () => {
    expect(insideProblems([score("a", [255]), score("b", []), score("c", [255])], null)).toEqual([])
  })

  it("finds predictions that use another value than their like", () => {
    expect(
      insideProblems([score("a", [1]), score("b", [2]), score("c", [1]), score("d", [1])], null),
    ).toEqual([
      {
        message: "the predictions do not agree on the value that means inside",
        path: "--labels",
        expected: "0 and one other value, the same in all of them, or --labels",
        found: "1 in a and 2 more, 2 in b",
        fix: "say which values are inside: --labels 1, or several, separated by commas",
      },
    ])
  })

  it("finds references that do so", () => {
    expect(insideProblems([score("a", [1], [1]), score("b", [1], [255])], null)).toMatchObject([
      { message: "the references do not agree on the value that means inside" },
    ])
  })

  it("finds a label that no mask has", () => {
    const scores = [score("a", [1], []), score("b", [], [3])]
    expect(insideProblems(scores, [1, 3])).toEqual([])
    expect(insideProblems(scores, [1, 2])).toMatchObject([{ message: "no mask holds the label 2" }])
  })
})
