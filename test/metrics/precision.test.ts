import { describe, expect, it } from "vitest"
import { confusion } from "../../src/metrics/confusion.ts"
import { precision } from "../../src/metrics/precision.ts"
import { draw } from "../support/masks.ts"

describe("precision", () => {
  it("is the share of the predicted pixels that are right", () => {
    expect(precision(confusion(draw("####"), draw("#...")))).toBe(0.25)
    expect(precision(confusion(draw("#..."), draw("####")))).toBe(1)
  })

  it("is zero for a false alarm and undefined for an empty prediction", () => {
    expect(precision(confusion(draw("#."), draw("..")))).toBe(0)
    expect(precision(confusion(draw(".."), draw("#.")))).toBeNull()
    expect(precision(confusion(draw(".."), draw("..")))).toBeNull()
  })
})
