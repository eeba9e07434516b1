import { describe, expect, it } from "vitest"
import {
  counted,
  dash,
  decimalsOf,
  duration,
  fixed,
  listed,
  metricName,
  metricTitle,
  perRun,
  pInWords,
  pValue,
  signed,
  significant,
  unitOf,
} from "../../../src/stages/report/number.ts"

const undefinedNumbers = [null, undefined, Number.NaN, Number.POSITIVE_INFINITY]

describe("numbers in the report", () => {
  it("are rounded to their decimals, with a true minus", () => {
    expect([fixed(0.12345, 3), fixed(-1.5, 2), fixed(0, 1), fixed(2.5, 0)]).toEqual([
      "0.123",
      "−1.50",
      "0.0",
      "3",
    ])
  })

  it("have a sign where they are differences", () => {
    expect([signed(0.012, 3), signed(-0.0034, 3), signed(0, 2)]).toEqual(["+0.012", "−0.003", "+0.00"])
  })

  it("have four significant digits where their scale is unknown", () => {
    expect([significant(12.3456), significant(0.00012345), significant(-7)]).toEqual([
      "12.35",
      "0.0001234",
      "−7.000",
    ])
    expect([significant(99999), significant(100000), significant(-123456)]).toEqual([
      "1.000e+5",
      "1.000e+5",
      "−1.235e+5",
    ])
    expect(significant(45678.9)).toBe("4.568e+4")
  })

  it("are a dash where undefined", () => {
    for (const value of undefinedNumbers)
      expect([fixed(value, 2), signed(value, 2), significant(value), pValue(value)]).toEqual(
        Array(4).fill("–"),
      )
    expect([dash, pInWords(null), perRun(null)]).toEqual(["–", "= –", "–"])
  })

  it("are p values of three decimals, or below the smallest of them", () => {
    expect([0.04999, 0.005, 0.0012, 0.001, 0.00099, 0, 1].map(pValue)).toEqual([
      ...["0.050", "0.005", "0.001", "0.001", "< 0.001", "< 0.001", "1.000"],
    ])
    expect([0.005, 0.0009].map(pInWords)).toEqual(["= 0.005", "< 0.001"])
  })

  it("have the decimals and the unit of their metric", () => {
    expect((["dice", "nsd", "hd", "hd95", "assd"] as const).map(decimalsOf)).toEqual([3, 3, 2, 2, 2])
    expect((["dice", "hd95"] as const).map(unitOf)).toEqual(["", " mm"])
    expect((["dice", "hd95"] as const).map(metricTitle)).toEqual(["Dice", "HD95 (mm)"])
    expect(metricName.hd95).toBe("HD95")
  })

  it("are counts per run, with a decimal only where they are not whole", () => {
    expect([3, 2.5, 1 / 3, 0].map(perRun)).toEqual(["3", "2.5", "0.3", "0"])
  })

  it("are times in the two units that matter", () => {
    expect([0.4, 59.4, 59.5, 200, 3599.4, 3599.5, 7500, 7259, 7199, 86_400].map(duration)).toEqual([
      ...["0 s", "59 s", "1 min 0 s", "3 min 20 s", "59 min 59 s", "1 h 0 min", "2 h 5 min", "2 h 0 min"],
      ...["1 h 59 min", "24 h 0 min"],
    ])
  })
})

describe("words in the report", () => {
  it("count", () => {
    expect([0, 1, 2].map((count) => counted(count, "cell"))).toEqual(["0 cells", "1 cell", "2 cells"])
  })

  it("list", () => {
    expect([[], ["a"], ["a", "b"], ["a", "b", "c"]].map(listed)).toEqual(["", "a", "a and b", "a, b and c"])
  })
})
