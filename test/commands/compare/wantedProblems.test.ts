import { describe, expect, it } from "vitest"
import type { MethodColumn } from "../../../src/commands/compare/methodColumns.ts"
import { rowProblems } from "../../../src/commands/compare/rowProblems.ts"
import {
  baselineProblems,
  metricProblems,
  tooFewMethods,
} from "../../../src/commands/compare/wantedProblems.ts"
import type { Problem } from "../../../src/failure/failure.ts"
import { plainTable } from "./plainTable.ts"

const messages = (problems: readonly Problem[]) => problems.map(({ message }) => message)

describe("rowProblems", () => {
  const wide = ["case", "a"]

  it("asks for two cases, whose rows are as long as the header, told where they end", () => {
    expect(rowProblems(plainTable("t.csv", wide), true)).toMatchObject([
      { file: "t.csv", found: "rows of scores: 0" },
    ])
    expect(rowProblems(plainTable("t.csv", wide, ["p", "1"], ["q", "2"]), true)).toEqual([])
    const [long, short] = rowProblems(plainTable("t.csv", wide, ["p", "1", "2", "3"], ["q"]), true)
    expect([long!.column, short!.column]).toEqual([30, 20])
  })

  it.each(["mean", "Average", "MEDIAN", "sd", "std"])(
    "takes a row called %s for a spreadsheet's summary",
    (name) => {
      const rows = [
        ["p", "1"],
        ["q", "2"],
        [name, "3"],
      ]
      expect(messages(rowProblems(plainTable("t.csv", wide, ...rows), true))).toEqual([
        `\`${name}\` is no case`,
      ])
      // The first column holds scores.
      expect(rowProblems(plainTable("t.csv", wide, ...rows), false)).toEqual([])
    },
  )

  it("tells each repeated case with the line of its first row", () => {
    const rows = ["p", "q", "p", "p", "", ""].map((name) => [name, "1"])
    expect(
      rowProblems(plainTable("t.csv", wide, ...rows), true).map(({ line, column: at, message, found }) => [
        line,
        at,
        message,
        found,
      ]),
    ).toEqual([
      [4, 10, "case `p` is there twice", "also on line 2"],
      [5, 10, "case `p` is there twice", "also on line 2"],
      [6, 10, "a row names no case", undefined],
      [7, 10, "a row names no case", undefined],
    ])
  })
})

describe("what is wanted of a table", () => {
  const group = (metric: MethodColumn["metric"], ...methods: readonly string[]): MethodColumn[] =>
    methods.map((method, index) => ({
      index,
      heading: metric === null ? method : `${method}.${metric}`,
      method,
      metric,
    }))
  const file = plainTable("t.csv", ["case", "a"])

  it("has to be two methods of each metric", () => {
    expect(tooFewMethods(file, [group("dice", "a", "b")])).toEqual([])
    const message = "a comparison needs two methods at least"
    const give = "give a column per method, separated by commas, semicolons or tabs"
    expect(tooFewMethods(file, [])).toEqual([
      { file: "t.csv", message, found: "columns: case, a", fix: give },
    ])
    expect(tooFewMethods(file, [group("dice", "a")])).toEqual([
      { file: "t.csv", message, found: "a.dice alone", fix: give },
    ])
    expect(tooFewMethods(file, [group(null, "a"), group("dice", "a", "b")])).toEqual([
      { file: "t.csv", message, found: "a alone", fix: give },
    ])
    expect(tooFewMethods(file, [group("dice", "a", "b"), group("iou", "a"), group("hd", "b")])).toEqual(
      ["a.iou", "b.hd"].map((heading) => ({
        ...{ file: "t.csv", message, found: `${heading} alone` },
        fix: "choose a metric that more have with --metric",
      })),
    )
  })

  it("has to be a metric that it holds", () => {
    const all = [...group("dice", "a", "b"), ...group("iou", "a"), ...group(null, "c")]
    expect(metricProblems(file, all, null)).toEqual([])
    expect(metricProblems(file, all, "iou")).toEqual([])
    expect(metricProblems(file, all, "nsd")).toEqual([
      { file: "t.csv", message: "the table has no column of nsd", expected: "one of dice, iou" },
    ])
  })

  it("has to be a baseline that each metric has", () => {
    const groups = [
      group("dice", "agBce", "focal"),
      group("iou", "focal", "other"),
      group("hd", "focal", "agBce"),
    ]
    expect(baselineProblems(file, groups, null)).toEqual([])
    expect(baselineProblems(file, groups, "focal")).toEqual([])
    expect(messages(baselineProblems(file, groups, "agBce"))).toEqual([
      "the baseline `agBce` has no column of iou",
    ])
    expect(messages(baselineProblems(file, groups, "other"))).toEqual([
      "the baseline `other` has no column of dice",
      "the baseline `other` has no column of hd",
    ])
    expect(baselineProblems(file, groups, "xyz")).toEqual([
      {
        file: "t.csv",
        message: "the baseline `xyz` is none of the methods",
        expected: "one of agBce, focal, other",
      },
    ])
    const names = (count: number) => Array.from({ length: count }, (_, i) => `method${i}`)
    const expected = (count: number) =>
      baselineProblems(file, [group("dice", ...names(count))], "xyz")[0]!.expected
    expect(expected(10)).toBe(`one of ${names(10).join(", ")}`)
    expect(expected(11)).toBe(`one of ${names(10).join(", ")}, ...`)
  })
})
