import { describe, expect, it } from "vitest"
import { rankBiserial } from "../../src/statistics/rankBiserial.ts"

describe("rankBiserial", () => {
  it("is the balance of the signed ranks", () => {
    // Ranks 1, 2, 3, 4 with 2 negative: (8 - 2) / 10
    expect(rankBiserial([1, -2, 3, 4])).toBe(0.6)
    expect(rankBiserial([-1, 2, -3, -4])).toBe(-0.6)
  })

  it("is one when first is always larger, and zero when nothing differs", () => {
    expect(rankBiserial([1, 2])).toBe(1)
    expect(rankBiserial([-1, -2, 0])).toBe(-1)
    expect(rankBiserial([0, 0])).toBe(0)
    expect(rankBiserial([])).toBe(0)
  })
})
