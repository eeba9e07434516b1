import { fc, test } from "@fast-check/vitest"
import { describe, expect } from "vitest"
import { lossCsv } from "../../../src/stages/report/lossCsv.ts"
import { methodsOf } from "../../../src/stages/report/methods.ts"
import { plainMethods } from "../../support/plainReport.ts"
import { plainMean } from "../../support/plainStatistics.ts"
import { randomReport, runsOf } from "../../support/randomReport.ts"

const heading =
  "kind,name,method,state,epoch,loss,validation_dice,learning_rate,kept_epoch,gradient_norm_at_start,folder"

describe("table-loss.csv", () => {
  test.prop([fc.integer()], { numRuns: 25 })(
    "holds every epoch of every run, and each method's means over its runs",
    (seed) => {
      const input = randomReport(seed)
      const expected: (string | number | null)[][] = []
      for (const method of plainMethods(input)) {
        const cells = input.cells.filter((cell) => cell.method === method)
        for (const { label, folder, outcome } of cells) {
          if (outcome.tag === "done")
            for (const { epoch, loss, validationDice, learningRate } of outcome.history.epochs)
              expected.push([
                ...["run", label, method, "done", epoch, loss, validationDice, learningRate],
                ...[outcome.history.keptEpoch, outcome.history.gradientNormAtStart, folder],
              ])
          else {
            const state = { failed: "failed (numerics)", interrupted: "interrupted", notRun: "not run" }
            expected.push(["run", label, method, state[outcome.tag], ...Array<null>(6).fill(null), folder])
          }
        }
        const runs = runsOf(input, method).map(({ outcome }) => outcome.history)
        const last = Math.max(0, ...runs.map(({ epochs }) => epochs.length))
        for (let epoch = 1; epoch <= last; epoch++) {
          const all = runs.flatMap(({ epochs }) => epochs.filter((one) => one.epoch === epoch))
          expected.push([
            ...["method", method, method, `${runs.length} of ${cells.length} done`, epoch],
            plainMean(all.map(({ loss }) => loss)),
            plainMean(all.flatMap(({ validationDice }) => validationDice ?? [])),
            ...[null, null, plainMean(runs.map(({ gradientNormAtStart }) => gradientNormAtStart)), null],
          ])
        }
      }

      const lines = lossCsv(methodsOf(input.cells)).split("\n")
      expect(lines.pop()).toBe("")
      expect(lines.shift()).toBe(heading)
      const read = (text: string, like: string | number | null | undefined) =>
        typeof like === "number" && text !== "" ? Number(text) : text === "" ? null : text
      expect(lines.map((line, i) => line.split(",").map((text, j) => read(text, expected[i]?.[j])))).toEqual(
        expected.map((fields) =>
          fields.map((field) => (typeof field === "number" ? (expect.closeTo(field, 11) as number) : field)),
        ),
      )
    },
  )
})
