import { describe, expect, it } from "vitest"
import { methodsOf } from "../../../src/stages/report/methods.ts"
import { lossFigure, validationFigure } from "../../../src/stages/report/trainingFigures.ts"
import type { CellOutcome, ReportCell } from "../../../src/stages/reportInput.ts"
import { readable } from "../../support/pageTable.ts"
import { cell, done } from "../../support/reportInput.ts"

/** A run whose epochs have these losses and validation Dice. */
const run = (losses: readonly number[], dice: readonly (number | null)[] = losses): CellOutcome => {
  const outcome = done("any", 0.9)
  if (outcome.tag !== "done") throw new Error("not done")
  const epochs = losses.map((loss, i) => ({
    ...outcome.history.epochs[0]!,
    ...{ epoch: i + 1, loss, validationDice: dice[i] ?? null },
  }))
  return { ...outcome, history: { ...outcome.history, epochs } }
}

const cells = (name: string, ...outcomes: readonly CellOutcome[]): ReportCell[] =>
  outcomes.map((outcome, i) => cell(name, String(i), outcome))

const failed: CellOutcome = { tag: "failed", kind: "numerics", message: "NaN" }

const linesOf = (part: string) =>
  [
    ...part.matchAll(/<g class="(series-\d[^"]*)"><path class="line" stroke-dasharray="[^"]*" d="([^"]*)"/g),
  ].map(([, series, path]) => [series, path])

describe("figure 1", () => {
  const figureOf = (...all: readonly ReportCell[]) => lossFigure(methodsOf(all))?.text ?? null

  it("draws each run faintly and then their mean, a panel for each method that has a run", () => {
    const text = figureOf(
      ...cells("a", failed),
      ...cells("b", run([4, 2, 0]), run([2, 2, 2])),
      ...cells("c", run([8, 0])),
    )!
    const [caption, ...panels] = text.split('<div class="chart">')
    expect(readable(caption!)).toBe(
      "Figure 1. Training loss by epoch. Each panel has its own scale. Thin lines are single runs, the line with marks is their mean.",
    )
    expect(panels.map((part) => readable(/<h3>(.*?)<\/h3>/.exec(part)![1]!))).toEqual([
      "b (mean of 2 runs)",
      "c",
    ])
    // Epochs 1, 2, 3 at x = 52, 170, 288; losses from 0 to 4 at y = 160 to 26, 33.5 each. Means: 3, 2, 1.
    expect(linesOf(panels[0]!)).toEqual([
      ["series-1 faint", "M52 26L170 93L288 160"],
      ["series-1 faint", "M52 93L170 93L288 93"],
      ["series-1", "M52 59.5L170 93L288 126.5"],
    ])
    expect(linesOf(panels[1]!)).toEqual([["series-2", "M52 26L288 160"]])
    expect(panels[0]).toContain('<title id="figure-loss-1-title">Training loss of b</title>')
    expect(panels[0]).toContain(">Mean training loss over 3 epochs, from 3.000 to 1.000.</desc>")
    expect(panels[1]).toContain('id="figure-loss-2-title"')
    expect(panels[0]).toMatch(/>loss<\/text>[\s\S]*>epoch<\/text>/)
  })

  it("heads each panel with its method's mark, and describes the mean of runs of unequal length", () => {
    const text = figureOf(...cells("a", run([4, 2]), run([2, 2, 1])), ...cells("b", run([8, 0])))!
    expect([...text.matchAll(/<h3><svg class="swatch (series-\d)"/g)].map(([, series]) => series)).toEqual([
      ...["series-0", "series-1"],
    ])
    expect(text).toContain(">Mean training loss over 3 epochs, from 3.000 to 1.000.</desc>")
  })

  it("leaves out the remark about single runs where there are none, and the figure without a run", () => {
    expect(figureOf(...cells("a", run([1, 2])), ...cells("b", run([1])))).toContain(
      "Each panel has its own scale.</figcaption>",
    )
    expect(figureOf(...cells("a", failed))).toBeNull()
    expect(figureOf()).toBeNull()
  })

  it("has a gap where a loss is not finite, and describes what is there", () => {
    const text = figureOf(...cells("a", run([Number.NaN, 4, 0])))!
    expect(linesOf(text)).toEqual([["series-0", "M52 26L288 160"]])
    expect(text).toContain("over 3 epochs, from 4.000 to 0.000.")
    expect(figureOf(...cells("a", run([Number.NaN])))).toContain("over 1 epoch, no values.")
  })
})

describe("figure 2", () => {
  const figureOf = (...all: readonly ReportCell[]) => validationFigure(methodsOf(all))?.text ?? null

  it("draws the means of all methods on one axis, with the single runs of up to three methods", () => {
    const text = figureOf(
      ...cells("a", run([9, 9, 9], [0, 1, 2]), run([9, 9, 9], [4, null, 4])),
      ...cells("b", run([9, 9], [1, 3])),
    )!
    expect(readable(/<figcaption>(.*?)<\/figcaption>/.exec(text)![1]!)).toBe(
      "Figure 2. Dice on the validation patients by epoch, at the training size; one axis for all. Thin lines are single runs, the line with marks is their mean.",
    )
    // Means of a: 2, 1, 3. A Dice of 0 to 4 at y = 160 to 26.
    expect(linesOf(text)).toEqual([
      ["series-0 faint", "M52 160L170 126.5L288 93"],
      ["series-0 faint", "M52 26M288 26"],
      ["series-0", "M52 93L170 126.5L288 59.5"],
      ["series-1", "M52 126.5L170 59.5"],
    ])
    expect(text).toContain(">a: from 2.000 to 3.000; b: from 1.000 to 3.000</desc>")
    expect(text).toContain('<title id="figure-validation-title">Validation Dice by epoch</title>')
    expect(text).toMatch(/>Dice<\/text>[\s\S]*>epoch<\/text>/)
    expect(text).not.toContain("reference")
    expect(readable(/<ul class="legend">(.*?)<\/ul>/.exec(text)![1]!)).toBe("ab")
  })

  it("draws single runs of three methods and of no more, but every mean", () => {
    const faint = (count: number) => {
      const all = Array.from({ length: count }, (_, i) => cells(`m${i}`, run([1, 2]), run([2, 1])))
      const lines = linesOf(figureOf(...all.flat())!)
      return [lines.length, lines.filter(([series]) => series!.endsWith("faint")).length]
    }
    expect([faint(3), faint(4)]).toEqual([
      [9, 6],
      [4, 0],
    ])
  })

  it("is left out where no epoch has a value, and says so of a method that has none", () => {
    expect(figureOf(...cells("a", run([1, 2], [null, null])))).toBeNull()
    expect(figureOf(...cells("a", failed))).toBeNull()
    const text = figureOf(...cells("a", run([1], [null])), ...cells("b", run([1], [0.5])))
    expect(text).toContain(">a: no values; b: from 0.500 to 0.500</desc>")
  })
})
