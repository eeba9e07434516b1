import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { cellTable, originTable } from "../../../src/stages/report/cellTables.ts"
import { pageTable } from "../../support/pageTable.ts"
import { plainSummary } from "../../support/plainStatistics.ts"
import { decimalsShown, headingOf, randomReport } from "../../support/randomReport.ts"
import { cell } from "../../support/reportInput.ts"
import { expectShown } from "../../support/shown.ts"

describe("table 3", () => {
  test.prop([fc.integer()], { numRuns: 20 })("shows what became of every cell", (seed) => {
    const input = randomReport(seed)
    const { cells, metrics } = input
    const table = pageTable(cellTable(input).text, "table-3")!
    const { caption } = table
    const [headings, ...rows] = table.rows
    expect(caption).toBe("Table 3. Every cell of the plan: one training and its evaluation.")
    expect(headings).toEqual([
      ...["Cell", "State", ...metrics.map((metric) => `mean ${headingOf(metric)}`)],
      ...["missed", "false alarms", "kept epoch", "parameters", "time", "peak memory"],
    ])
    expect(rows).toHaveLength(cells.length)
    for (const [i, { label, outcome }] of cells.entries()) {
      const [name, state, ...others] = rows[i]!
      expect(name).toBe(label)
      if (outcome.tag !== "done") {
        const states = {
          failed: "failed (numerics) (the loss became NaN)",
          interrupted: "interrupted",
          notRun: "not run",
        }
        expect(state).toBe(states[outcome.tag])
        expect(others).toEqual(headings!.slice(2).map(() => "–"))
        continue
      }
      const { scores, history, seconds, peakRssBytes } = outcome
      expect(state).toBe("done")
      for (const metric of metrics) {
        const { mean } = plainSummary(scores.patients.map(({ values }) => values[metric]))
        expectShown(others.shift()!, mean, decimalsShown(metric))
      }
      const time = others.splice(4, 1)[0]!
      const memory = others.splice(4, 1)[0]!
      expect(others).toEqual([
        String(scores.patients.reduce((sum, { missed }) => sum + missed, 0)),
        String(scores.patients.reduce((sum, { falseAlarms }) => sum + falseAlarms, 0)),
        `${history.keptEpoch} of ${history.epochs.length}`,
        String(history.parameterCount).replaceAll(/\B(?=(\d{3})+$)/g, ","),
      ])
      const units: Readonly<Record<string, number>> = { h: 3600, min: 60, s: 1 }
      const told = [...time.matchAll(/(\d+) (\w+)/g)].reduce(
        (sum, [, n, unit]) => sum + Number(n) * units[unit!]!,
        0,
      )
      expect(seconds - told).toBeLessThan(seconds < 3600 ? 1 : 60)
      expect(told).toBeLessThanOrEqual(seconds)
      expect(memory.endsWith(" GiB")).toBe(true)
      expectShown(memory.slice(0, -4), peakRssBytes / (1024 * 1024 * 1024), 1)
    }
  })
})

describe("table 4", () => {
  it("says of every cell its folder, its command, its loss and the start of its key", () => {
    const cells = ["1", "2"].map((seed) => ({
      ...cell("agBce", seed, { tag: "interrupted" }, `{"kind":"agBce","seed":${seed}}`),
      command: `losslab cell ${seed}`,
    }))
    const { caption, rows } = pageTable(originTable(cells).text, "table-4")!
    expect(caption).toBe(
      "Table 4. Where every number comes from. Folders are in the run directory, and the commands are for there; each folder holds config.yaml, environment.json, loss.csv, scores.csv and the predictions.",
    )
    expect(rows).toEqual([
      ["Cell", "Folder", "Command that runs it alone", "Loss"],
      ...cells.map(({ label, key, folder, command, loss }) => [
        `${label} (key ${key.slice(0, 12)})`,
        folder,
        command,
        loss,
      ]),
    ])
  })
})
