import { test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { metricTable } from "../../src/metrics/metricTable.ts"
import { scoreMask } from "../../src/metrics/scoreMask.ts"
import type { EmptyPolicy } from "../../src/metrics/scores.ts"
import { byMetric, hd95Conventions, metricNames } from "../../src/metrics/scores.ts"
import { ShapeError } from "../../src/tensor/shape.ts"
import { anyPair, draw, drawSlices } from "../support/masks.ts"
import { defaultScoring } from "../support/scoring.ts"

const empty = draw("....", "....", "....")
const some = draw("##..", "....", "....")
const nothing = byMetric(() => null)
const options = { ...defaultScoring, metrics: metricNames }

// Three rows of 2 mm and four columns of 2 mm: 6 x 8 mm, diagonal 10 mm.
const score = (prediction = empty, reference = empty, policy: EmptyPolicy = "skip") =>
  scoreMask(prediction, reference, [2, 2], { ...options, empty: policy })

/** Every share has the first value, every distance the second. */
const values = (share: number | null, distance: number | null) =>
  byMetric((metric) => (metricTable[metric].kind === "share" ? share : distance))

describe("scoreMask", () => {
  it("measures masks that both have foreground, whatever the policy", () => {
    const expected = {
      dice: 2 / 3,
      iou: 0.5,
      precision: 0.5,
      recall: 1,
      hd: 2,
      hd95: 1.8,
      assd: 2 / 3,
      nsd: 1,
    }
    for (const policy of ["skip", "worst", "undefined"] as const) {
      // From the two pixels 0 and 2 mm, back 0. (3 - 1) x 0.95 = 1.9: 0.9 of the way from 0 to 2.
      const scored = score(some, draw("#...", "....", "...."), policy)
      expect(scored.outcome).toBe("scored")
      expect(scored.counted).toBe(true)
      for (const metric of metricNames) expect(scored.values[metric]).toBeCloseTo(expected[metric], 14)
    }
  })

  it("measures volumes across slices", () => {
    // One voxel, and the one above it, 3 mm away.
    const { values } = scoreMask(drawSlices(["#"], ["."]), drawSlices(["."], ["#"]), [3, 1, 1], options)
    expect(values).toMatchObject({ dice: 0, hd: 3, hd95: 3, assd: 3 })
  })

  it("skips masks of which one is empty, naming what they were", () => {
    expect(score()).toEqual({ outcome: "bothEmpty", counted: false, values: nothing })
    expect(score(empty, some)).toEqual({ outcome: "missed", counted: false, values: nothing })
    expect(score(some, empty)).toEqual({ outcome: "falseAlarm", counted: false, values: nothing })
  })

  it("gives the best to two empty masks and the worst to one, the image's diagonal as distance", () => {
    const worst = values(0, 10)
    expect(score(empty, empty, "worst")).toEqual({
      outcome: "bothEmpty",
      counted: true,
      values: values(1, 0),
    })
    expect(score(empty, some, "worst")).toEqual({ outcome: "missed", counted: true, values: worst })
    expect(score(some, empty, "worst")).toEqual({ outcome: "falseAlarm", counted: true, values: worst })
  })

  it("takes the diagonal through all slices of a volume", () => {
    const [full, hollow] = [drawSlices(["#"], ["#"]), drawSlices(["."], ["."])]
    // 2 slices of 6 mm, 1 row of 4 mm, 1 column of 3 mm
    expect(scoreMask(full, hollow, [6, 4, 3], { ...options, empty: "worst" }).values.hd).toBe(13)
  })

  it("leaves two empty masks undefined, and the distance to an empty one", () => {
    const noOverlap = values(0, null)
    expect(score(empty, empty, "undefined")).toEqual({
      outcome: "bothEmpty",
      counted: false,
      values: nothing,
    })
    expect(score(empty, some, "undefined")).toEqual({ outcome: "missed", counted: true, values: noOverlap })
    expect(score(some, empty, "undefined")).toMatchObject({ outcome: "falseAlarm", values: noOverlap })
  })

  it("leaves out the metrics that were not asked for", () => {
    const onlyIou = { ...options, metrics: ["iou"], empty: "worst" } as const
    const { values } = scoreMask(some, some, [1, 1], onlyIou)
    expect(values).toEqual({ ...nothing, iou: 1 })
    expect(scoreMask(empty, empty, [1, 1], onlyIou).values).toEqual(values)
  })

  it("refuses masks of different shapes, and a spacing for another number of axes", () => {
    expect(() => scoreMask(draw("##"), draw("#", "#"), [1, 1], options)).toThrow(
      "scoreMask: expected shape [1, 2], got [2, 1]",
    )
    expect(() => scoreMask(draw("##"), drawSlices(["##"]), [1, 1], options)).toThrow(ShapeError)
    expect(() => scoreMask(draw("##"), draw("##"), [1, 1, 1], options)).toThrow(
      "spacing of scoreMask: expected shape [2] values, got [3]",
    )
  })

  test.prop([anyPair])("is finite or null, and never beyond the worst", ({ a, b, spacingMm }) => {
    const diagonalMm = Math.hypot(...a.shape.map((size, axis) => size * spacingMm[axis]!))
    for (const hd95 of hd95Conventions) {
      const { values } = scoreMask(a, b, spacingMm, { ...options, empty: "worst", hd95 })
      for (const metric of metricNames) {
        expect(values[metric]).toBeGreaterThanOrEqual(0)
        expect(values[metric]).toBeLessThanOrEqual(metricTable[metric].kind === "distance" ? diagonalMm : 1)
      }
    }
  })
})
