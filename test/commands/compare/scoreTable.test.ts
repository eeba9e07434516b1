import { describe, expect, it } from "vitest"
import { joinTables } from "../../../src/commands/compare/joinTables.ts"
import type { Table } from "../../../src/commands/compare/readTable.ts"
import { scoreTable } from "../../../src/commands/compare/scoreTable.ts"
import { Failure, type Problem } from "../../../src/failure/failure.ts"
import { plainTable } from "./plainTable.ts"

describe("scoreTable", () => {
  const asked = { metric: null, baseline: null }

  it("takes each method's scores from its own column, whichever order the metrics are in", () => {
    const mixed = plainTable(
      "t.csv",
      ["case", "a.dice", "a.hd95", "b.hd95_mm", "b.dice"],
      ["p", "0.1", "1", "2", "0.2"],
      ["q", "0.3", "NA", "4", ""],
    )
    const dice = {
      metric: "dice",
      columns: [
        { name: "a", values: [0.1, 0.3] },
        { name: "b", values: [0.2, null] },
      ],
    }
    const hd95 = {
      metric: "hd95",
      columns: [
        { name: "a", values: [1, null] },
        { name: "b", values: [2, 4] },
      ],
    }
    expect(scoreTable(mixed, asked)).toEqual({ cases: 2, metrics: [dice, hd95] })
    expect(scoreTable(mixed, { ...asked, metric: "hd95" })).toEqual({ cases: 2, metrics: [hd95] })
  })

  it("goes by what is there in deciding whether the first column names the cases", () => {
    const scores = scoreTable(plainTable("t.csv", ["x", "a"], ["NA", "0.1"], ["0.5", "0.2"]), asked)
    expect(scores.metrics[0]!.columns).toEqual([
      { name: "x", values: [null, 0.5] },
      { name: "a", values: [0.1, 0.2] },
    ])
  })

  const kindAndMessages = (table: Table, wanted: Parameters<typeof scoreTable>[1]) => {
    try {
      scoreTable(table, wanted)
      return null
    } catch (error) {
      const { kind, problems } = error as Failure
      return [kind, ...problems.map(({ message }) => message)]
    }
  }

  it("tells what has no place of its own before what has, and points at the first of several metrics", () => {
    const faulty = plainTable("t.csv", ["case", "a", "b", "b"], ["p", "x", "1", "1"])
    expect(kindAndMessages(faulty, asked)).toEqual([
      ...[
        "data",
        "a comparison needs two cases at least",
        "two columns are named `b`",
        "the score is not a number",
      ],
    ])
    const twice = plainTable("t.csv", ["case", "dice", "iou", "dice"], ["p", "1", "1", "1"])
    expect(() => scoreTable(twice, asked)).toThrow(
      expect.objectContaining({
        problems: [expect.objectContaining({ line: 1, column: 20, found: "dice, iou, dice" })],
      }) as Error,
    )
  })

  it("refuses a table of one method, and a chosen metric that one method has", () => {
    const alone = plainTable("t.csv", ["case", "dice", "x"], ["p", "1", "1"], ["q", "1", "1"])
    expect(kindAndMessages(alone, asked)).toEqual(["data", "the columns are metrics, not methods"])
    const some = plainTable(
      "t.csv",
      ["case", "a.dice", "b.dice", "a.iou"],
      ["p", "1", "1", "1"],
      ["q", "1", "1", "1"],
    )
    expect(kindAndMessages(some, { ...asked, metric: "iou" })).toEqual([
      ...["data", "a comparison needs two methods at least"],
    ])
    // What is not there at all is lacking, not wrong with the table.
    expect(kindAndMessages(some, { ...asked, metric: "nsd" })).toEqual([
      "usage",
      "the table has no column of nsd",
    ])
    expect(kindAndMessages(some, { ...asked, metric: "dice" })).toBeNull()
  })

  it("tells faults by line and then by column, and what is lacking last", () => {
    const faulty = plainTable(
      "t.csv",
      ["case", "a", "", "b"],
      ["p", "x", "1", "1"],
      ["q", "2", "y", "z"],
      ["r", "w", "1", "2"],
    )
    const thrown = (() => {
      try {
        return scoreTable(faulty, { ...asked, baseline: "nobody" })
      } catch (error) {
        return error
      }
    })() as Failure
    expect(thrown).toBeInstanceOf(Failure)
    expect(thrown.problems.map(({ line, column: at }) => [line, at])).toEqual([
      ...[
        [1, 30],
        [2, 20],
        [3, 30],
        [3, 40],
        [4, 20],
      ],
      [undefined, undefined],
    ])
  })
})

describe("joinTables", () => {
  const one = plainTable("runs/one.csv", ["case", "note", "dice"], ["p", "x", "0.1"], ["q", "y", "0.2"])
  const two = plainTable("runs/two.csv", ["name", "hd95_mm", "Dice"], ["r", "3", "0.3"], ["q", "4", "0.4"])

  it("has a row for every case, in the order of the tables, and nothing where a table lacks it", () => {
    const joined = joinTables([one, two])
    expect(joined.file).toBe("runs/one.csv, runs/two.csv")
    expect(joined.header.fields).toEqual(["case", "one.dice", "two.hd95", "two.dice"])
    expect(joined.rows.map(({ fields }) => fields)).toEqual([
      ["p", "0.1", "", ""],
      ["q", "0.2", "4", "0.4"],
      ["r", "", "3", "0.3"],
    ])
  })

  it("points at each field in its own file", () => {
    const { header, rows, placeOf } = joinTables([one, two])
    expect([0, 1, 2, 3].map((i) => placeOf(header, i))).toEqual([
      { file: "runs/one.csv", line: 1, column: 10 },
      { file: "runs/one.csv", line: 1, column: 30 },
      { file: "runs/two.csv", line: 1, column: 20 },
      { file: "runs/two.csv", line: 1, column: 30 },
    ])
    expect([1, 2, 3].map((i) => placeOf(rows[1]!, i))).toEqual([
      { file: "runs/one.csv", line: 3, column: 30 },
      { file: "runs/two.csv", line: 3, column: 20 },
      { file: "runs/two.csv", line: 3, column: 30 },
    ])
    expect(placeOf(rows[2]!, 2)).toEqual({ file: "runs/two.csv", line: 2, column: 20 })
  })

  const namesOf = (...files: readonly string[]) =>
    joinTables(files.map((file) => ({ ...one, file }))).header.fields.slice(1)

  it("calls methods as their files, by their folders or whole paths where that is needed", () => {
    expect(namesOf("x/one.csv", "y/two.CSV", "y/v1.2.txt")).toEqual(["one.dice", "two.dice", "v1.2.dice"])
    expect(namesOf("x/scores.csv", "y/scores.csv")).toEqual(["x/scores.dice", "y/scores.dice"])
    expect(namesOf("a/x/scores.csv", "b/x/scores.csv")).toEqual([
      "a/x/scores.csv.dice",
      "b/x/scores.csv.dice",
    ])
  })

  const problemsOf = (...tables: readonly Table[]): readonly Problem[] => {
    try {
      joinTables(tables)
      return []
    } catch (error) {
      return (error as Failure).problems
    }
  }

  it("refuses a metric that two columns of a table hold, and a first column as one", () => {
    const twice = plainTable(
      "t.csv",
      ["case", "hd95", "dice", "HD95_mm"],
      ["p", "1", "1", "1"],
      ["q", "1", "1", "1"],
    )
    expect(problemsOf(twice, one)).toMatchObject([
      { file: "t.csv", message: "two columns hold hd95", fix: "keep one" },
    ])
    const first = plainTable("t.csv", ["dice", "x"], ["p", "1"], ["q", "1"])
    expect(problemsOf(first, one)).toEqual([
      {
        file: "t.csv",
        message: "no column holds a metric",
        expected:
          "columns called dice, iou, precision, recall, hd, hd95, assd, nsd: of several tables each holds one method",
        found: "dice, x",
        fix: "make the tables with `losslab evaluate --csv`, or put the methods side by side in one table",
      },
    ])
  })

  it("names three cases of each table where none is shared", () => {
    const apart = plainTable("t.csv", ["case", "dice"], ...["a", "b", "c", "d"].map((name) => [name, "1"]))
    expect(problemsOf(apart, one)).toEqual([
      {
        file: "t.csv, runs/one.csv",
        message: "the tables have no case in common",
        expected: "the same cases under the same names in the first column of each",
        found: "a, b, c; p, q",
        fix: "rename the cases, so that the same case is called the same in every table",
      },
    ])
    // Shared by all, not by two of three.
    const third = plainTable("u.csv", ["case", "dice"], ["a", "1"], ["p", "1"])
    expect(problemsOf(one, two, plainTable("u.csv", ["case", "dice"], ["p", "1"], ["r", "1"]))).toHaveLength(
      1,
    )
    expect(problemsOf(one, third)).toEqual([])
  })

  it("refuses pixels among mm, and says which files", () => {
    const pixels = plainTable("p.csv", ["case", "HD95_pixels"], ["p", "1"], ["q", "1"])
    expect(problemsOf(one, pixels, two)).toEqual([
      {
        file: "p.csv",
        message: "some distances are in pixels and others in mm",
        expected: "distances in mm, as in runs/two.csv",
        found: "columns in pixels",
        fix: "score the PNG masks again with their spacing: losslab evaluate --spacing-mm",
      },
    ])
    expect(problemsOf(one, pixels)).toEqual([])
  })
})
