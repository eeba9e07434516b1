import { test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { confusion } from "../../src/metrics/confusion.ts"
import { dice } from "../../src/metrics/dice.ts"
import { iou } from "../../src/metrics/iou.ts"
import { anyPair, draw } from "../support/masks.ts"

describe("dice", () => {
  it("is twice the overlap over the sum of the sizes", () => {
    // 2 x 2 / (3 + 3)
    expect(dice(confusion(draw("###", "..."), draw(".##", "#..")))).toBeCloseTo(2 / 3, 15)
  })

  it("is one for equal masks, zero for disjoint ones and for a miss", () => {
    expect(dice(confusion(draw("#."), draw("#.")))).toBe(1)
    expect(dice(confusion(draw("#."), draw(".#")))).toBe(0)
    expect(dice(confusion(draw(".."), draw(".#")))).toBe(0)
  })

  it("is undefined when both masks are empty", () => {
    expect(dice(confusion(draw(".."), draw("..")))).toBeNull()
  })

  test.prop([anyPair])("is symmetric, within bounds, and 2J / (1 + J)", ({ a, b }) => {
    const value = dice(confusion(a, b))
    const jaccard = iou(confusion(a, b))
    expect(dice(confusion(b, a))).toBe(value)
    expect(value === null).toBe(jaccard === null)
    if (value === null || jaccard === null) return
    expect(value).toBeGreaterThanOrEqual(0)
    expect(value).toBeLessThanOrEqual(1)
    expect(value).toBeCloseTo((2 * jaccard) / (1 + jaccard), 14)
  })
})
