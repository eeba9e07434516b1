import { test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { precision } from "../../src/metrics/precision.ts"
import { recall } from "../../src/metrics/recall.ts"
import { draw, maskPair } from "../support/masks.ts"

describe("recall", () => {
  it("is the share of the reference that was found", () => {
    expect(recall(draw("#..."), draw("####"))).toBe(0.25)
    expect(recall(draw("####"), draw("#..."))).toBe(1)
  })

  it("is zero for a miss and undefined for an empty reference", () => {
    expect(recall(draw(".."), draw("#."))).toBe(0)
    expect(recall(draw("#."), draw(".."))).toBeNull()
  })

  test.prop([maskPair])("is the precision of the swapped masks", ([a, b]) => {
    expect(recall(a, b)).toBe(precision(b, a))
  })
})
