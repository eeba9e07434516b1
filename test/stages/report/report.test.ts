import { describe, expect, it } from "vitest"
import { report } from "../../../src/stages/report.ts"
import { cell, reportInput } from "../../support/reportInput.ts"

describe("report", () => {
  it("makes five files, the same for the same input", () => {
    const files = report(reportInput())
    expect(Object.keys(files)).toEqual([
      "index.html",
      "table-loss.csv",
      "table-scores.csv",
      "statistics.json",
      "comment.md",
    ])
    expect(report(reportInput())).toEqual(files)
  })

  it("is made when no cell finished", () => {
    const files = report(reportInput({ cells: [cell("agBce", null, { tag: "notRun" })] }))
    expect(files["index.html"]).toContain("not run")
    expect(files["table-loss.csv"]).toContain("agBce,agBce,not run")
  })
})
