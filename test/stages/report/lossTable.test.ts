import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { analyse } from "../../../src/stages/report/analysis.ts"
import { lossTable } from "../../../src/stages/report/lossTable.ts"
import type { ReportInput } from "../../../src/stages/reportInput.ts"
import { pageTable } from "../../support/pageTable.ts"
import { plainMethods } from "../../support/plainReport.ts"
import { plainMean } from "../../support/plainStatistics.ts"
import { randomReport, runsOf } from "../../support/randomReport.ts"
import { cell, done, reportInput } from "../../support/reportInput.ts"

const tableOf = (input: ReportInput) => pageTable(lossTable(analyse(input)).text, "table-1")!

/** Four significant digits, or a dash. */
const expectSignificant = (text: string, value: number | null): void => {
  if (value === null) expect(text).toBe("–")
  else {
    expect(text.replace(/^0\.0*|\./g, "").replace(".", "")).toHaveLength(4)
    expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(0.000501 * Math.abs(value))
  }
}

describe("table 1", () => {
  test.prop([fc.integer()], { numRuns: 20 })(
    "shows each method's mean loss by epoch, the kept epochs and the first gradient's norm",
    (seed) => {
      const input = randomReport(seed)
      const methods = plainMethods(input)
      const { rows } = tableOf(input)
      const runs = methods.map((method) => runsOf(input, method).map(({ outcome }) => outcome.history))
      const last = Math.max(0, ...runs.flat().map(({ epochs }) => epochs.length))
      const [headings, ...body] = rows
      expect(headings!.map((text) => text.split(" (")[0])).toEqual(["Epoch", ...methods])
      expect(body.map(([first]) => first)).toEqual([
        ...Array.from({ length: last }, (_, i) => String(i + 1)),
        ...["Kept epoch", "Gradient norm at step 0"],
      ])
      for (const [i, own] of runs.entries()) {
        for (let epoch = 1; epoch <= last; epoch++)
          expectSignificant(
            body[epoch - 1]![i + 1]!,
            plainMean(
              own.flatMap(({ epochs }) => epochs.flatMap((one) => (one.epoch === epoch ? [one.loss] : []))),
            ),
          )
        const kept: number[] = []
        for (const { keptEpoch } of own) if (!kept.includes(keptEpoch)) kept.push(keptEpoch)
        expect(body[last]![i + 1]).toBe(kept.length === 0 ? "–" : kept.join(", "))
        expectSignificant(
          body[last + 1]![i + 1]!,
          plainMean(own.map(({ gradientNormAtStart }) => gradientNormAtStart)),
        )
      }
    },
  )

  const longer = (epochs: number) =>
    tableOf(reportInput({ cells: [cell("a", null, done("a", 0.9, { epochs }))], panels: [] }))

  it("shows thirty epochs at most, evenly spaced from the first to the last, and says so", () => {
    const shown = (epochs: number) =>
      longer(epochs)
        .rows.slice(1, -2)
        .map(([epoch]) => Number(epoch))
    expect(shown(30)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1))
    // 1 + 9 i for 262 epochs.
    expect(shown(262)).toEqual(Array.from({ length: 30 }, (_, i) => 1 + 9 * i))
    // 1 + 30 i / 29, rounded: from i = 15 on that is one more than 1 + i.
    expect(shown(31)).toEqual(Array.from({ length: 30 }, (_, i) => (i < 15 ? i + 1 : i + 2)))
    expect(longer(30).notes).toHaveLength(2)
    expect(longer(31).notes[1]).toBe("30 of 31 epochs; all are in table-loss.csv.")
  })

  it("heads each column with its method's mark", () => {
    const cells = ["a", "b"].map((name) => cell(name, null, done(name, 0.9)))
    const { text } = lossTable(analyse(reportInput({ cells, panels: [] })))
    expect(
      [...text.matchAll(/swatch (series-\d)"[^>]*>.*?<\/svg>(\w)</g)].map((found) => found.slice(1, 3)),
    ).toEqual([
      ["series-0", "a"],
      ["series-1", "b"],
    ])
  })

  it("says what may be compared, what the norm is and what a dash is", () => {
    const { caption, notes } = longer(3)
    expect(caption).toBe(
      "Table 1. Training loss, mean over each epoch. Read down a column, never across: values of different losses do not compare.",
    )
    expect(notes).toEqual([
      "Gradient norm: global norm before clipping, at the first step. With one learning rate for all, a loss with a larger gradient takes larger steps: the losses are confounded with their scale.",
      "–: no value, because the run did not get there or the number is not finite.",
    ])
  })
})
