import { describe, expect, it } from "vitest"
import { analyse } from "../../../src/stages/report/analysis.ts"
import { breakable, columnHeading, methodHeading, runsRemark } from "../../../src/stages/report/heading.ts"
import { legend } from "../../../src/stages/report/legend.ts"
import { methodsOf } from "../../../src/stages/report/methods.ts"
import type { CellOutcome } from "../../../src/stages/reportInput.ts"
import { readable } from "../../support/pageTable.ts"
import { cell, done, reference, reportInput } from "../../support/reportInput.ts"

const failed: CellOutcome = { tag: "failed", kind: "numerics", message: "NaN" }
const finished = done("a", 0.9)

const remarkOf = (...outcomes: readonly CellOutcome[]) =>
  runsRemark(methodsOf(outcomes.map((outcome, i) => cell("a", String(i), outcome)))[0]!)

describe("runsRemark", () => {
  it("says how many runs a mean is of, and nothing of a single one", () => {
    expect(remarkOf(finished)).toBeNull()
    expect(remarkOf(finished, finished, finished)).toBe("mean of 3 runs")
  })

  it("says what became of the others, each outcome with its number", () => {
    expect(remarkOf(finished, failed)).toBe("mean of 1 of 2 runs, 1 failed (numerics)")
    expect(
      remarkOf({ tag: "interrupted" }, finished, failed, { tag: "interrupted" }, { tag: "notRun" }),
    ).toBe("mean of 1 of 5 runs, 2 interrupted, 1 failed (numerics), 1 not run")
  })

  it("leaves out the mean where nothing finished, and the number of one", () => {
    expect(remarkOf(failed)).toBe("failed (numerics)")
    expect(remarkOf(failed, failed)).toBe("2 failed (numerics)")
  })
})

describe("breakable", () => {
  const pieces = (name: string) => breakable(name).text.split("<wbr>")

  it("lets a name break where its words meet, never after fewer than six characters", () => {
    expect(pieces("adaptiveFocalLoss")).toEqual(["adaptive", "FocalLoss"])
    expect(pieces("agBce")).toEqual(["agBce"])
    expect(pieces("agBceWithLogits")).toEqual(["agBceWith", "Logits"])
    expect(pieces("boundary_loss=kervadec")).toEqual(["boundary_", "loss=kervadec"])
    expect(pieces("weight/class-two.three")).toEqual(["weight/", "class-", "two.three"])
    expect(pieces("focal2Gamma")).toEqual(["focal2", "Gamma"])
  })

  it("keeps the name whole for those who read it, and escapes it", () => {
    expect(pieces("adaptive<Focal")).toEqual(["adaptive&lt;Focal"])
  })
})

describe("headings", () => {
  const cells = [cell("same", null, finished), cell("other", "1", finished), cell("other", "2", failed)]
  const analysis = analyse(reportInput({ cells, references: [reference("same", 0.9)], panels: [] }))
  const seriesOf = (text: string) => /swatch series-(\w+)/.exec(text)?.[1]

  it("have a method's mark, its name and its runs", () => {
    const heading = methodHeading(analysis.methods[1]!, 1).text
    expect([seriesOf(heading), readable(heading)]).toEqual([
      "1",
      "other (mean of 1 of 2 runs, 1 failed (numerics))",
    ])
    expect(readable(methodHeading(analysis.methods[0]!, 0).text)).toBe("same")
    for (const [i, column] of analysis.columns.entries())
      expect(columnHeading(analysis, column).text).toBe(methodHeading(analysis.methods[i]!, i).text)
  })

  it("have the muted mark of references, though a method is called the same", () => {
    const heading = columnHeading(analysis, analysis.references[0]!).text
    expect([seriesOf(heading), readable(heading)]).toEqual(["none", "same"])
  })

  it("stand in the legend, in the order of the methods, and the references where they are shown", () => {
    const entries = (references: boolean) =>
      [...legend(analysis.methods, references).text.matchAll(/<li>(.*?)<\/li>/g)].map(([, entry]) => [
        seriesOf(entry!),
        readable(entry!),
      ])
    expect(entries(false)).toEqual([
      ["0", "same"],
      ["1", "other"],
    ])
    expect(entries(true).at(-1)).toEqual(["none", "reference"])
  })
})
