import { describe, expect, it } from "vitest"
import { renderProblem } from "../../../src/failure/renderProblem.ts"
import { refusal } from "../../data/support/refusal.ts"
import { comparedAsJson, tableFile } from "./tableFile.ts"

interface Asked {
  readonly metric?: string
  readonly baseline?: string
}

/** The kind of the failure, and its problems as a person reads them. */
const refused = async (content: string, asked: Asked = {}) => {
  const file = await tableFile(content)
  const { kind, problems } = await refusal(comparedAsJson(file, asked))
  return {
    kind,
    problems: problems.map((problem) => renderProblem(problem).replace(file, "t.csv").split("\n  ")),
  }
}

describe("compare refuses", () => {
  it("every score that is none, at once and in order, with its place", async () => {
    const { kind, problems } = await refused("case,a,b\n1,0.9,ok\n2,1e999,0.8\n3,x,-inf\n")
    expect(kind).toBe("data")
    const number = "fix: mend it; or leave it empty where the score is missing"
    const finite =
      "fix: leave an undefined score empty, to leave out its pairs; or give the worst possible value"
    expect(problems).toEqual([
      ["t.csv:2:7  the score is not a number", "at: column `b`", "found: ok", number],
      ["t.csv:3:3  the score is not finite", "at: column `a`", "found: 1e999", finite],
      ["t.csv:4:3  the score is not a number", "at: column `a`", "found: x", number],
      ["t.csv:4:5  the score is not finite", "at: column `b`", "found: -inf", finite],
    ])
  })

  it("decimal commas and percent signs, and says how to write them", async () => {
    const { problems } = await refused("case;a;b\n1;0,9;95%\n2;0.8;0.7\n")
    expect(problems.map((lines) => lines.at(-1))).toEqual([
      "fix: write decimals with a point: 0.95, not 0,95",
      "fix: write shares from 0 to 1: 0.95, not 95 %",
    ])
  })

  it("a typing error in a first column of scores rather than taking the column for case names", async () => {
    const { problems } = await refused("a,b\n0.9,0.8\no.7,0.6\n0.5,0.4\n")
    expect(problems).toMatchObject([
      ["t.csv:3:1  the score is not a number", "at: column `a`", "found: o.7", {}],
    ])
  })

  it("shares outside 0 to 1, and negative distances", async () => {
    const table = "case,a,b\n1,0.9,1.2\n2,-0.1,0.8\n3,1,0\n"
    expect((await refused(table, { metric: "nsd" })).problems).toEqual([
      ["t.csv:2:7  the score is out of range", "at: column `b`", "expected: nsd from 0 to 1", "found: 1.2"],
      ["t.csv:3:3  the score is out of range", "at: column `a`", "expected: nsd from 0 to 1", "found: -0.1"],
    ])
    expect((await refused(table, { metric: "assd" })).problems).toEqual([
      ["t.csv:3:3  the distance is negative", "at: column `a`", "expected: assd of 0 or more", "found: -0.1"],
    ])
    await expect(comparedAsJson(await tableFile(table))).resolves.toHaveLength(1)
  })

  it("a column in percent, once", async () => {
    const { problems } = await refused("case,a.dice,b.dice\n1,0.93,94.1\n2,0.95,0.9\n3,0.9,96\n")
    expect(problems).toEqual([
      [
        "t.csv:2:8  column `b.dice` seems to be in percent",
        "expected: dice from 0 to 1",
        "found: 94.1",
        "fix: divide the column by 100",
      ],
    ])
  })

  it("cases that are there twice, are nameless, or are no cases", async () => {
    const { problems } = await refused("case,a,b\np1,1,2\np2,1,2\np1,1,2\n,3,4\nMean,2,3\n")
    expect(problems).toEqual([
      ["t.csv:4:1  case `p1` is there twice", "found: also on line 2", "fix: keep one of the two"],
      ["t.csv:5:1  a row names no case", "fix: name the case, or drop the row"],
      ["t.csv:6:1  `Mean` is no case", "fix: drop the row: losslab computes it from the cases"],
    ])
  })

  it("rows of another length", async () => {
    const { problems } = await refused("case,a,b\n1,2\n2,3,4,5\n3,4,5\n")
    const fix = "fix: leave missing scores empty, and quote a field that holds the separator"
    const message = "a row of another length than the header"
    expect(problems).toEqual([
      [`t.csv:2:4  ${message}`, "expected: 3 fields", "found: 2", fix],
      [`t.csv:3:7  ${message}`, "expected: 3 fields", "found: 4", fix],
    ])
  })

  it("columns without a name, or with another's", async () => {
    const { problems } = await refused("case,a,,a,b\n1,2,3,4,5\n2,3,4,5,6\n")
    expect(problems).toEqual([
      ["t.csv:1:8  a column has no name", "fix: head it with the method whose scores it holds"],
      ["t.csv:1:9  two columns are named `a`", "found: column 2 is, too", "fix: rename one of the two"],
    ])
    const twice = await refused("case,a.hd95,b.hd95,a.HD95_mm\n1,2,3,4\n2,3,4,5\n")
    expect(twice.problems).toMatchObject([["t.csv:1:20  two columns are named `a.HD95_mm`", {}, {}]])
  })

  it("a table of metrics in place of methods, once", async () => {
    const { problems } = await refused("case,dice,HD95_mm,outcome\n1,0.9,3,scored\n2,0.8,4,scored\n")
    expect(problems).toEqual([
      [
        "t.csv:1:6  the columns are metrics, not methods",
        "expected: a column per method, or a table for each of several methods",
        "found: dice, HD95_mm",
        "fix: give the tables of both methods: losslab compare ours.csv theirs.csv; or head columns METHOD.dice",
      ],
    ])
  })

  it("a column of no metric among those of one, unless the metric is chosen", async () => {
    const table = "case,a.dice,b.dice,note\n1,0.9,0.8,good\n2,0.8,0.7,bad\n"
    expect((await refused(table)).problems).toEqual([
      [
        "t.csv:1:20  column `note` does not say which metric it holds",
        "expected: `note.dice` or the like, as other columns have it",
        "fix: drop the column if it holds no scores; or choose one metric with --metric",
      ],
    ])
    const [dice] = await comparedAsJson(await tableFile(table), { metric: "dice" })
    expect(dice!.methods).toEqual(["a", "b"])
  })

  it("fewer than two methods or cases", async () => {
    expect((await refused("case,a\n1,2\n2,3\n")).problems).toMatchObject([
      ["t.csv  a comparison needs two methods at least", "found: a alone", {}],
    ])
    expect((await refused("case\n1\n2\n")).problems).toMatchObject([
      ["t.csv  a comparison needs two methods at least", "found: columns: case", {}],
    ])
    expect((await refused("case,a.dice,b.dice,a.iou\n1,1,1,1\n2,1,1,1\n")).problems).toEqual([
      [
        "t.csv  a comparison needs two methods at least",
        "found: a.iou alone",
        "fix: choose a metric that more have with --metric",
      ],
    ])
    expect((await refused("case,a,b\n1,2,3\n")).problems).toEqual([
      [
        "t.csv  a comparison needs two cases at least",
        "found: rows of scores: 1",
        "fix: add the other cases",
      ],
    ])
  })

  it("a metric that is none, or that the table does not have, as a usage error", async () => {
    const table = "case,a.dice,b.dice\n1,0.9,0.8\n2,0.8,0.7\n"
    expect(await refused(table, { metric: "dise" })).toEqual({
      kind: "usage",
      problems: [
        [
          "--metric names `dise`, which is no metric",
          "expected: one of dice, iou, precision, recall, hd, hd95, assd, nsd",
          "did you mean `dice`?",
        ],
      ],
    })
    const far = await refused(table, { metric: "zzzzzzzz" })
    expect(far.problems[0]).toHaveLength(2)
    expect(far.kind).toBe("usage")
    expect(await refused(table, { metric: "iou" })).toEqual({
      kind: "usage",
      problems: [["t.csv  the table has no column of iou", "expected: one of dice"]],
    })
  })

  it("a baseline that is no method, or lacks a metric, as a usage error", async () => {
    const table = "case,agBce.dice,afl.dice,focal.dice,afl.iou,focal.iou\n1,0.9,0.8,1,1,0\n2,0.8,0.7,1,1,0\n"
    expect(await refused(table, { baseline: "agBec" })).toEqual({
      kind: "usage",
      problems: [
        [
          "t.csv  the baseline `agBec` is none of the methods",
          "expected: one of agBce, afl, focal",
          "did you mean `agBce`?",
        ],
      ],
    })
    expect(await refused(table, { baseline: "agBce" })).toEqual({
      kind: "usage",
      problems: [
        [
          "t.csv  the baseline `agBce` has no column of iou",
          "fix: choose a metric that it has with --metric, or another baseline",
        ],
      ],
    })
  })

  it("a bad table as such, with what the command line lacks after it", async () => {
    const { kind, problems } = await refused("case,a,b\n1,x,2\n2,3,4\n", { baseline: "c" })
    expect(kind).toBe("data")
    expect(problems.map(([first]) => first)).toEqual([
      "t.csv:2:3  the score is not a number",
      "t.csv  the baseline `c` is none of the methods",
    ])
  })

  it("many faults of one column by telling the first and counting the rest", async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `${i},x,${i}\n`).join("")
    const { problems } = await refused(`case,a,b\n${rows}`)
    expect(problems).toHaveLength(21)
    expect(problems.flat()).toContain("t.csv  10 more such problems in column `a`")
  })
})
