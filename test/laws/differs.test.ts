import { describe, expect, it } from "vitest"
import { allowance, differs } from "../../src/laws/differs.ts"

describe("allowance", () => {
  it("is float32's rounding of sums: some for numbers of order 1, in proportion for large ones", () => {
    expect(allowance(0)).toBeCloseTo(3e-7, 15)
    expect(allowance(1)).toBeCloseTo(1.03e-5, 12)
    expect(allowance(-2000)).toBeCloseTo(0.0200003, 12)
    expect(allowance(1, -5, 3)).toBe(allowance(5))
  })
})

describe("differs", () => {
  it.each([
    [0, 2.9e-7, 3.1e-7],
    [1, 1.02e-5, 1.05e-5],
    [-1, -1.02e-5, -1.05e-5],
    [1000, 0.00999, 0.0102],
  ])("lets rounding of %d pass, and nothing beyond it, either way round", (number, within, beyond) => {
    for (const [first, second] of [
      [number, number + within],
      [number + within, number],
    ] as const)
      expect(differs(first, second, "a", "b")).toBeNull()
    expect(differs(number, number + beyond, "a", "b")).not.toBeNull()
    expect(differs(number + beyond, number, "a", "b")).not.toBeNull()
  })

  it("tells both numbers in the order given", () => {
    expect(differs(1, 2, "as it is", "exchanged")).toBe("1 as it is, 2 exchanged")
  })

  it("lets no number pass that is none", () => {
    expect(differs(Number.NaN, Number.NaN, "a", "b")).toBe("NaN a, NaN b")
    expect(differs(1, Number.NaN, "a", "b")).not.toBeNull()
  })
})
