import { describe, expect, it } from "vitest"
import { confusion } from "../../src/metrics/confusion.ts"
import { iou } from "../../src/metrics/iou.ts"
import { draw } from "../support/masks.ts"

describe("iou", () => {
  it("is the overlap over the union", () => {
    // 2 of the 4 pixels that either has
    expect(iou(confusion(draw("###", "..."), draw(".##", "#..")))).toBe(0.5)
  })

  it("is one for equal masks and zero for disjoint ones", () => {
    expect(iou(confusion(draw("##"), draw("##")))).toBe(1)
    expect(iou(confusion(draw("#."), draw(".#")))).toBe(0)
  })

  it("is undefined when both masks are empty", () => {
    expect(iou(confusion(draw("."), draw(".")))).toBeNull()
  })
})
