import { describe, expect, it } from "vitest"
import { firstNamesCases, methodColumns } from "../../../src/commands/compare/methodColumns.ts"
import { metricNamed } from "../../../src/commands/compare/metricNamed.ts"
import { isMissing, numberIn } from "../../../src/commands/compare/score.ts"

describe("metricNamed", () => {
  it("knows a metric in any capitals, with the unit of losslab's tables or without", () => {
    expect(["dice", " Dice ", "HD95", "hd95_mm", "ASSD_pixels", "hd"].map(metricNamed)).toEqual([
      ...["dice", "dice", "hd95", "hd95", "assd", "hd"],
    ])
  })

  it("knows no other word", () => {
    expect(["", "dise", "hd95mm", "hd95_mm_", "_mm", "dice_mm2", "constructor"].map(metricNamed)).toEqual(
      Array(7).fill(null),
    )
  })
})

describe("methodColumns", () => {
  it("takes apart method and metric at the last dot, where a metric follows", () => {
    const of = (heading: string) => {
      const { method, metric } = methodColumns([heading], 0, null)[0]!
      return [method, metric]
    }
    expect(of("agBce.dice")).toEqual(["agBce", "dice"])
    expect(of("net.1 . HD95_mm")).toEqual(["net.1", "hd95"])
    expect(of("net.1")).toEqual(["net.1", null])
    expect(of(".dice")).toEqual([".dice", null])
    expect(of("a.dice")).toEqual(["a", "dice"])
    expect(of("dice")).toEqual(["dice", null])
  })

  it("leaves out the case names, and keeps each column's place in the table", () => {
    expect(methodColumns(["case", "a.dice", "b"], 1, null)).toEqual([
      { index: 1, heading: "a.dice", method: "a", metric: "dice" },
      { index: 2, heading: "b", method: "b", metric: null },
    ])
  })

  it("gives the asked metric to a table whose headings name none, and to no other", () => {
    const metrics = (headings: readonly string[]) =>
      methodColumns(headings, 0, "hd95").map(({ metric }) => metric)
    expect(metrics(["a", "b"])).toEqual(["hd95", "hd95"])
    expect(metrics(["a.dice", "b"])).toEqual(["dice", null])
  })
})

describe("firstNamesCases", () => {
  const usual = [
    ...[
      "case",
      "patient",
      "image",
      "subject",
      "slice",
      "scan",
      "study",
      "volume",
      "file",
      "sample",
      "pid",
      "id",
    ],
    ...[
      "",
      "no",
      "nr",
      "name",
      "number",
      "Case ID",
      "case_name",
      "patient-no.",
      "image #nr",
      "Cases",
      "file.name",
    ],
  ]

  it.each(usual)("knows the heading %j, numbers though the names are", (heading) => {
    expect(firstNamesCases([heading, "a", "b"], [true, true])).toBe(true)
  })

  it.each(["agBce", "casei", "node", "pids no", "caseid2", "kid", "volumess"])(
    "does not take %j for such a heading",
    (heading) => {
      expect(firstNamesCases([heading, "a", "b"], [true, true])).toBe(false)
    },
  )

  it("takes a heading for scores that names a metric, and one that does not among those that do for names", () => {
    expect(firstNamesCases(["a.dice", "b.dice"], [false, false])).toBe(false)
    expect(firstNamesCases(["Fall", "b.dice"], [true, true])).toBe(true)
    expect(firstNamesCases(["Fall", "b", "c.iou"], [true, true])).toBe(true)
  })

  it("goes by the words in it where headings say nothing: half of them or more", () => {
    expect(firstNamesCases(["a", "b"], [false, true])).toBe(true)
    expect(firstNamesCases(["a", "b"], [false, true, true])).toBe(false)
    expect(firstNamesCases(["a", "b"], [false, false, true])).toBe(true)
    expect(firstNamesCases(["a", "b"], [])).toBe(false)
    expect(firstNamesCases([], [])).toBe(true)
  })
})

describe("a field of a score", () => {
  it("is missing where it says so, in any capitals", () => {
    const words = ["", "na", "n/a", "nan", "null", "none", "-", "–", "NA", "NaN", "None"]
    expect(words.filter((word) => !isMissing(word))).toEqual([])
    expect(["0", "x", "--", "nil", "n"].filter(isMissing)).toEqual([])
  })

  it("is a number where it is a decimal, and infinite where it says so", () => {
    expect(["1", "-0.5", "+.5", "5.", "1e-3", "2.5E+2", "007"].map(numberIn)).toEqual([
      1, -0.5, 0.5, 5, 0.001, 250, 7,
    ])
    expect(["inf", "-Infinity", "+INF", "1e999", "-1e999"].map(numberIn)).toEqual([
      ...[Infinity, -Infinity, Infinity, Infinity, -Infinity],
    ])
    const words = ["", ".", "1,5", "0x10", "1e", "1 2", "infi", "xinf", "5%", "--1", "1.2.3", "e5"]
    expect(words.filter((word) => !Number.isNaN(numberIn(word)))).toEqual([])
  })
})
