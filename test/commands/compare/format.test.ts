import { describe, expect, it } from "vitest"
import { decimalsFor, fixed, pText, signed } from "../../../src/commands/compare/format.ts"

describe("the numbers that compare prints", () => {
  it("have four digits of the largest, twelve decimals at most", () => {
    expect([0.99, 0.1, 0.099, 1, 9.99, 10, 999, 1000, 1e6].map(decimalsFor)).toEqual([
      4, 4, 5, 3, 3, 2, 1, 0, 0,
    ])
    expect([0, 1e-8, 1e-9, 1e-10, 1e-300].map(decimalsFor)).toEqual([3, 11, 12, 12, 12])
  })

  it("are a dash where undefined", () => {
    expect([fixed(null, 2), fixed(0, 2), fixed(-1.255, 1)]).toEqual(["–", "0.00", "-1.3"])
  })

  it("have a sign where they are differences", () => {
    expect([signed(0.5, 1), signed(-0.25, 2), signed(0, 3)]).toEqual(["+0.5", "-0.25", "+0.000"])
  })

  it("are p values of three decimals, of two digits below 0.01, and powers below 0.001", () => {
    expect([1, 0.6224, 0.0101, 0.01, 0.00999, 0.005, 0.001, 0.00099, 1.64e-7, 0].map(pText)).toEqual([
      ...["1.000", "0.622", "0.010", "0.010", "0.010", "0.0050", "0.0010", "9.9e-4", "1.6e-7", "0"],
    ])
  })
})
