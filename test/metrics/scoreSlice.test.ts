import { test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { scoreSlice } from "../../src/metrics/scoreSlice.ts"
import type { EmptyPolicy } from "../../src/metrics/scores.ts"
import { byMetric, metricNames } from "../../src/metrics/scores.ts"
import { anySpacing, draw, maskPair } from "../support/masks.ts"

const empty = draw("....", "....", "....")
const some = draw("##..", "....", "....")
const nothing = byMetric(() => null)

// Three rows of 2 mm and four columns of 2 mm: 6 x 8 mm, diagonal 10 mm.
const score = (prediction = empty, reference = empty, policy: EmptyPolicy = "skip") =>
  scoreSlice(prediction, reference, [2, 2], { metrics: metricNames, empty: policy })

describe("scoreSlice", () => {
  it("measures a slice where both masks have foreground, whatever the policy", () => {
    const values = { dice: 2 / 3, iou: 0.5, precision: 0.5, recall: 1, hd95: 1.8 }
    for (const policy of ["skip", "worst", "undefined"] as const) {
      // From the two pixels 0 and 2 mm, back 0. (3 - 1) x 0.95 = 1.9: 0.9 of the way from 0 to 2.
      const scored = score(some, draw("#...", "....", "...."), policy)
      expect(scored.outcome).toBe("scored")
      expect(scored.counted).toBe(true)
      for (const metric of metricNames) expect(scored.values[metric]).toBeCloseTo(values[metric], 14)
    }
  })

  it("skips slices with an empty mask, naming what they were", () => {
    expect(score()).toEqual({ outcome: "bothEmpty", counted: false, values: nothing })
    expect(score(empty, some)).toEqual({ outcome: "missed", counted: false, values: nothing })
    expect(score(some, empty)).toEqual({ outcome: "falseAlarm", counted: false, values: nothing })
  })

  it("gives the best to two empty masks and the worst to one, the image's diagonal as distance", () => {
    const best = { dice: 1, iou: 1, precision: 1, recall: 1, hd95: 0 }
    const worst = { dice: 0, iou: 0, precision: 0, recall: 0, hd95: 10 }
    expect(score(empty, empty, "worst")).toEqual({ outcome: "bothEmpty", counted: true, values: best })
    expect(score(empty, some, "worst")).toEqual({ outcome: "missed", counted: true, values: worst })
    expect(score(some, empty, "worst")).toEqual({ outcome: "falseAlarm", counted: true, values: worst })
  })

  it("leaves two empty masks undefined, and the distance to an empty one", () => {
    const noOverlap = { dice: 0, iou: 0, precision: 0, recall: 0, hd95: null }
    expect(score(empty, empty, "undefined")).toEqual({
      outcome: "bothEmpty",
      counted: false,
      values: nothing,
    })
    expect(score(empty, some, "undefined")).toEqual({ outcome: "missed", counted: true, values: noOverlap })
    expect(score(some, empty, "undefined")).toMatchObject({ outcome: "falseAlarm", values: noOverlap })
  })

  it("leaves out the metrics that were not asked for", () => {
    const { values } = scoreSlice(some, some, [1, 1], { metrics: ["iou"], empty: "worst" })
    expect(values).toEqual({ ...nothing, iou: 1 })
    expect(scoreSlice(empty, empty, [1, 1], { metrics: ["iou"], empty: "worst" }).values).toEqual(values)
  })

  test.prop([maskPair, anySpacing])("is finite or null, and never beyond the worst", ([a, b], spacingMm) => {
    const { values } = scoreSlice(a, b, spacingMm, { metrics: metricNames, empty: "worst" })
    const diagonalMm = Math.hypot(a.rows * spacingMm[0], a.columns * spacingMm[1])
    for (const metric of metricNames) {
      expect(values[metric]).toBeGreaterThanOrEqual(0)
      expect(values[metric]).toBeLessThanOrEqual(metric === "hd95" ? diagonalMm : 1)
    }
  })
})
