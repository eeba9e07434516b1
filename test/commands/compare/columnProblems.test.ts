import { describe, expect, it } from "vitest"
import { columnProblems } from "../../../src/commands/compare/columnProblems.ts"
import type { MethodColumn } from "../../../src/commands/compare/methodColumns.ts"
import { told } from "../../../src/commands/compare/told.ts"
import type { Problem } from "../../../src/failure/failure.ts"
import { plainTable } from "./plainTable.ts"

const column = (metric: MethodColumn["metric"]): MethodColumn => ({
  index: 1,
  heading: "a",
  method: "a",
  metric,
})

const scoresOf = (metric: MethodColumn["metric"], ...scores: readonly string[]): readonly Problem[] =>
  columnProblems(
    plainTable("t.csv", ["case", "a"], ...scores.map((score, i) => [`p${i}`, score])),
    column(metric),
  )

const messages = (problems: readonly Problem[]) => problems.map(({ message }) => message)

describe("columnProblems", () => {
  it("takes 0 and 1 for shares and 0 for a distance, and nothing beyond", () => {
    expect(scoresOf("dice", "0", "1", "0.5", "", "NA")).toEqual([])
    expect(messages(scoresOf("dice", "0.9", "1.0001", "-0.0001"))).toEqual([
      "the score is out of range",
      "the score is out of range",
    ])
    expect(scoresOf("hd95", "0", "1e6")).toEqual([])
    expect(messages(scoresOf("hd95", "-0.1"))).toEqual(["the distance is negative"])
    expect(scoresOf(null, "-5", "7")).toEqual([])
  })

  it("takes a column for one in percent where more than half lies above 1, and all from 0 to 100", () => {
    const percent = (...scores: readonly string[]) =>
      messages(scoresOf("dice", ...scores)).includes("column `a` seems to be in percent")
    expect(percent("0.5", "93", "100")).toBe(true)
    expect(percent("0", "93", "94")).toBe(true)
    expect(percent("0.5", "93")).toBe(false)
    expect(percent("93", "94", "100.5")).toBe(false)
    expect(percent("93", "94", "-0.5")).toBe(false)
    expect(percent("1", "1", "1")).toBe(false)
    // What is no number or not finite says nothing about it, and is told besides.
    expect(messages(scoresOf("dice", "x", "inf", "93", "94"))).toEqual([
      "column `a` seems to be in percent",
      "the score is not a number",
      "the score is not finite",
    ])
    for (const metric of ["hd95", null] as const) expect(scoresOf(metric, "93", "94")).toEqual([])
  })

  it("shows where the first value in percent stands", () => {
    expect(scoresOf("dice", "0.5", "1", "92", "93", "94")).toEqual([
      {
        file: "t.csv",
        line: 4,
        column: 20,
        path: "column `a`",
        message: "column `a` seems to be in percent",
        expected: "dice from 0 to 1",
        found: "92",
        fix: "divide the column by 100",
      },
    ])
  })

  it("says how to write what is no number", () => {
    const fixes = (...scores: readonly string[]) => scoresOf("dice", ...scores).map(({ fix }) => fix)
    const [comma, share] = [
      "write decimals with a point: 0.95, not 0,95",
      "write shares from 0 to 1: 0.95, not 95 %",
    ]
    expect(fixes("0,95", ",5", "+1,5", "-0,1")).toEqual([comma, comma, comma, comma])
    expect(fixes("95%", "95.5 %", "-1%")).toEqual([share, share, share])
    const other = "mend it; or leave it empty where the score is missing"
    expect(fixes("x", "1,5x", "x95%", "9,", "%")).toEqual([other, other, other, other, other])
  })
})

describe("told", () => {
  it("tells twenty of them, and counts the others", () => {
    const of = (count: number) =>
      told(
        "t.csv",
        "in column `a`",
        Array.from({ length: count }, (_, i) => i),
        (i) => ({ message: `m${i}` }),
      )
    expect(of(20)).toHaveLength(20)
    expect(of(20)[19]).toEqual({ file: "t.csv", message: "m19" })
    expect(of(21).slice(19)).toEqual([
      { file: "t.csv", message: "m19" },
      { file: "t.csv", message: "1 more such problems in column `a`" },
    ])
    expect(of(0)).toEqual([])
  })
})
