import { beforeEach, describe, expect, it, vi } from "vitest"
import { failure } from "../../src/failure/failure.ts"
import { byMetric } from "../../src/metrics/scores.ts"
import type { CheckedPair } from "../../src/scoring/checkPairs.ts"
import { type CaseScore, scorePair } from "../../src/scoring/scorePair.ts"
import { scoreTask } from "../../src/scoring/scoreTask.ts"
import { allMetrics } from "./options.ts"

vi.mock("../../src/scoring/scorePair.ts", () => ({ scorePair: vi.fn() }))

beforeEach(() => {
  vi.mocked(scorePair).mockReset()
})

const pair: CheckedPair = {
  ...{ case: "a", prediction: "p/a.nii", reference: "r/a.nii", unit: "mm" },
  geometry: { shape: [1, 1, 1], spacingMm: [1, 1, 1], affine: [] as never },
}
const options = { ...allMetrics, labels: [3] }

/** What comes of it when scoring the pair ends in this. */
const outcomeOf = (error: unknown) => {
  vi.mocked(scorePair).mockRejectedValue(error)
  return scoreTask({ pair, options })
}

describe("scoreTask", () => {
  it("gives the score of its pair by its options", async () => {
    const score: CaseScore = {
      ...{ case: "a", slices: null, values: byMetric(() => 1) },
      outcome: "scored",
      labels: { prediction: [1], reference: [2] },
    }
    vi.mocked(scorePair).mockResolvedValue(score)
    expect(await scoreTask({ pair, options })).toEqual({ score })
    expect(scorePair).toHaveBeenCalledWith(pair, options)
  })

  it.each(["data", "environment"] as const)(
    "gives a failure of %s as plain data, with the case",
    async (kind) => {
      const problem = { message: "no good", path: "header", file: "p/a.nii" }
      const outcome = await outcomeOf(failure(kind, problem))
      expect(outcome).toEqual({ kind, problems: [{ ...problem, path: "case a, header" }] })
      expect(structuredClone(outcome)).toEqual(outcome)
    },
  )

  it("calls memory that ran out the environment's, and says what to do", async () => {
    expect(await outcomeOf(new RangeError("Array buffer allocation failed"))).toEqual({
      kind: "environment",
      problems: [
        {
          message: "there is not enough memory to score the case",
          path: "case a",
          found: "Array buffer allocation failed",
          fix: "use fewer --jobs, or a machine with more memory",
        },
      ],
    })
  })

  it.each([new RangeError("Invalid array length"), new TypeError("allocation failed"), "allocation failed"])(
    "throws on what is a bug: %s",
    async (error) => {
      await expect(outcomeOf(error)).rejects.toBe(error)
    },
  )
})
