import { test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { confusion } from "../../src/metrics/confusion.ts"
import { precision } from "../../src/metrics/precision.ts"
import { recall } from "../../src/metrics/recall.ts"
import { anyPair, draw } from "../support/masks.ts"

describe("recall", () => {
  it("is the share of the reference that was found", () => {
    expect(recall(confusion(draw("#..."), draw("####")))).toBe(0.25)
    expect(recall(confusion(draw("####"), draw("#...")))).toBe(1)
  })

  it("is zero for a miss and undefined for an empty reference", () => {
    expect(recall(confusion(draw(".."), draw("#.")))).toBe(0)
    expect(recall(confusion(draw("#."), draw("..")))).toBeNull()
  })

  test.prop([anyPair])("is the precision of the swapped masks", ({ a, b }) => {
    expect(recall(confusion(a, b))).toBe(precision(confusion(b, a)))
  })
})
