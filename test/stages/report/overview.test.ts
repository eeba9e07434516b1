import { describe, expect, it } from "vitest"
import { analyse } from "../../../src/stages/report/analysis.ts"
import { overview } from "../../../src/stages/report/overview.ts"
import type { ReportInput } from "../../../src/stages/reportInput.ts"
import { pageFacts, pageTable } from "../../support/pageTable.ts"
import { cell, done, reportInput } from "../../support/reportInput.ts"

const dataset: ReportInput["dataset"] = {
  description: "phantom: 15 patients",
  patients: { train: 10, validation: 2, test: 3 },
  cases: { train: 11, validation: 4, test: 5 },
  slices: { train: 60, validation: 12, test: 18 },
  size: [128, 96],
  remarks: ["It is synthetic.", "Twice."],
}

const shown = (changes: Partial<ReportInput> = {}) => {
  const input = reportInput({ dataset, references: [], panels: [], ...changes })
  const markup = overview(input, analyse(input)).text
  return { facts: pageFacts(markup), table: pageTable(markup, "table-data")! }
}

const repeated = ["a", "b"].flatMap((method) =>
  ["1", "2"].map((seed) => cell(method, seed, done(method, 0.9))),
)

describe("what was run", () => {
  it("says which experiment, command and data, with the data's own remarks", () => {
    const { facts } = shown()
    expect(facts).toEqual({
      Experiment: "adaptive",
      Command: "losslab run experiments/adaptive.yaml",
      Data: "phantom: 15 patientsIt is synthetic.Twice.",
      "Training size": "128 × 96 pixels (rows × columns); scored at native resolution",
      Compared: "3 methods in 3 cells",
    })
    const bare = reportInput({ dataset: { ...dataset, remarks: [] }, references: [], panels: [] })
    expect(overview(bare, analyse(bare)).text).toContain("<dt>Data</dt><dd>phantom: 15 patients</dd>")
    expect(shown({ dataset: { ...dataset, remarks: ["One."] } }).facts.Data).toBe("phantom: 15 patientsOne.")
  })

  it("says what is compared, over which repeats and with which baseline", () => {
    expect(shown({ cells: repeated }).facts.Compared).toBe("2 methods in 4 cells, repeated over seed")
    expect(shown({ cells: repeated, baseline: "b" }).facts.Compared).toBe(
      "2 methods in 4 cells, repeated over seed; baseline b",
    )
    const both = repeated.map((one) => ({ ...one, blocks: ["seed", "fold"] }))
    expect(shown({ cells: both }).facts.Compared).toBe("2 methods in 4 cells, repeated over seed, fold")
    expect(shown({ baseline: "nobody" }).facts.Compared).toBe("3 methods in 3 cells")
    expect(shown({ cells: repeated.slice(0, 1) }).facts.Compared).toBe(
      "1 method in 1 cell, repeated over seed",
    )
  })

  it("counts patients, cases and slices under their split", () => {
    const { caption, rows } = shown().table
    expect(caption).toBe("Patients and slices by split; patients are split, never slices.")
    expect(rows).toEqual([
      ["", "train", "validation", "test"],
      ["patients", "10", "2", "3"],
      ["cases", "11", "4", "5"],
      ["slices", "60", "12", "18"],
    ])
  })

  it.each(["train", "validation", "test"] as const)(
    "has a row of cases where those of %s are more than patients",
    (split) => {
      const rows = (cases: ReportInput["dataset"]["cases"]) =>
        shown({ dataset: { ...dataset, cases } }).table.rows
      expect(rows(dataset.patients).map(([unit]) => unit)).toEqual(["", "patients", "slices"])
      expect(rows({ ...dataset.patients, [split]: 99 })[2]).toContain("99")
    },
  )
})
