import { describe, expect, it } from "vitest"
import { byMetric, type Outcome } from "../../src/metrics/scores.ts"
import type { CaseScore, MaskScore } from "../../src/scoring/scorePair.ts"
import { summarizeCases } from "../../src/scoring/summarizeCases.ts"

const mask = (outcome: Outcome, dice: number | null = null): MaskScore => ({
  outcome,
  values: byMetric((metric) => (metric === "dice" ? dice : null)),
})

const score = (of: MaskScore, slices: readonly MaskScore[] | null = null): CaseScore => ({
  ...of,
  case: "a",
  slices,
  labels: { prediction: [1], reference: [1] },
})

describe("summarizeCases", () => {
  it("summarizes the cases where a metric is defined, and counts the others", () => {
    const { summary, outcomes } = summarizeCases([
      score(mask("scored", 0.5)),
      score(mask("missed")),
      score(mask("scored", 0.75)),
      score(mask("scored", 1)),
    ])
    expect(summary.dice).toMatchObject({ n: 3, mean: 0.75, median: 0.75, sd: 0.25 })

    expect(summary.hd95).toEqual({ n: 0, mean: null, sd: null, median: null })
    expect(outcomes).toEqual({ scored: 3, bothEmpty: 0, missed: 1, falseAlarm: 0 })
  })

  it("counts slices where slices were scored", () => {
    const { outcomes } = summarizeCases([
      score(mask("scored", 1), [mask("scored", 1), mask("missed"), mask("falseAlarm")]),
      score(mask("bothEmpty"), [mask("bothEmpty"), mask("bothEmpty")]),
    ])
    expect(outcomes).toEqual({ scored: 1, bothEmpty: 2, missed: 1, falseAlarm: 1 })
  })
})
