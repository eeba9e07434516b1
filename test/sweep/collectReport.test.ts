import { appendFile, mkdir, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { beforeEach, describe, expect, it } from "vitest"
import type { Dataset } from "../../src/data/dataset/dataset.ts"
import { writeFailure } from "../../src/sweep/cellFiles.ts"
import { collectReport } from "../../src/sweep/collectReport.ts"
import { appendJournal } from "../../src/sweep/journal.ts"
import type { PlannedCell } from "../../src/sweep/plan.ts"
import { discs } from "../support/dataset.ts"
import { reference } from "../support/reportInput.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"
import { fillDoneCell, resultOn, storeDataset } from "./doneRun.ts"
import { plannedCell, planOf } from "./plannedCell.ts"

/** Two test cases of one patient, with a slice in which the best cell is best, and one in which it is worst. */
const dataset: Dataset = {
  ...discs({ train: 3, validation: 1, test: 2, each: 2 }),
  patients: { train: ["a", "b"], validation: ["c"], test: ["d"] },
  remarks: ["of the data"],
}
const other: Dataset = { ...discs({ train: 1, validation: 1, test: 2, each: 2 }), remarks: ["of other data"] }
const dice = [0.5, 0.9, 0.7, 0.6]

let runFolder = ""
let store = ""
beforeEach(async () => {
  ;[runFolder, store] = [await temporaryFolder(), await temporaryFolder()]
  await writeFile(join(runFolder, "experiment.yaml"), "name: tiny\n")
  await storeDataset(store, "data", dataset, [reference("a clinician", 0.9, 2)])
  await storeDataset(store, "other", other, [])
})

const cellOf = (label: string, data: string): PlannedCell => ({
  ...plannedCell(label, { data }),
  spec: {
    report: { title: `of ${label}`, baseline: label, remark: [`remark of ${label}`] },
    evaluate: { metrics: ["dice", "hd95"] },
    load: { size: [16, data === "data" ? 16 : 32] },
    train: { loss: { kind: label, a: 1 } },
  } as unknown as PlannedCell["spec"],
})

const finish = (label: string, of = dataset, scored = dice) =>
  fillDoneCell(join(runFolder, "cells", label), of, resultOn(of, scored))

/** What the report gets of cells of these labels; those whose name begins with "other" have other data. */
const collected = (...labels: readonly string[]) =>
  collectReport(
    runFolder,
    planOf(
      labels.map((label) => cellOf(label, label.startsWith("other") ? "other" : "data")),
      store,
    ),
  )

describe("collectReport", () => {
  it("has every cell of the plan, with what became of it", async () => {
    await finish("bce")
    await writeFailure(join(runFolder, "cells/focal"), { kind: "data", problems: [{ message: "gone" }] })
    const journal = join(runFolder, "journal.jsonl")
    await appendJournal(journal, { event: "interrupted", cell: "tversky" })
    await appendJournal(journal, { event: "started", cell: "jaccard" })
    const { cells } = await collected("bce", "focal", "tversky", "jaccard")
    expect(cells.map(({ label, outcome }) => `${label} ${outcome.tag}`)).toEqual([
      "bce done",
      "focal failed",
      "tversky interrupted",
      "jaccard notRun",
    ])
    expect(cells[1]).toEqual({
      ...{ label: "focal", key: plannedCell("focal").keys.evaluate, factors: { loss: "focal" }, blocks: [] },
      ...{ method: "focal", folder: "cells/focal", command: "losslab cell --plan plan.json --index 1" },
      ...{ loss: '{"a":1,"kind":"focal"}', outcome: { tag: "failed", kind: "data", message: "gone" } },
    })
  })

  it("tells what the data are, and counts patients, cases and slices of each split", async () => {
    await finish("bce")
    const input = await collected("bce")
    expect(input.dataset).toEqual({
      description: "made up",
      patients: { train: 2, validation: 1, test: 1 },
      cases: { train: 3, validation: 1, test: 2 },
      slices: { train: 6, validation: 2, test: 4 },
      size: [16, 16],
      remarks: ["of the data"],
    })
    expect(input).toMatchObject({
      ...{ title: "of bce", experiment: "tiny", command: "losslab run tiny.yaml", yaml: "name: tiny\n" },
      ...{ baseline: "bce", remark: ["remark of bce"] },
    })
    expect(input.references.map(({ name }) => name)).toEqual(["a clinician"])
  })

  it("is about the first cell that is done: its data, references and environment", async () => {
    await writeFailure(join(runFolder, "cells/other"), { kind: "data", problems: [{ message: "gone" }] })
    await mkdir(join(runFolder, "cells/other"), { recursive: true })
    await writeFile(join(runFolder, "cells/other/environment.json"), '{"engine":"of the failed one"}')
    await finish("bce")
    const input = await collected("other", "bce")
    expect(input.title).toBe("of bce")
    expect(input.dataset).toMatchObject({ size: [16, 16], remarks: ["of the data"] })
    expect(input.references).toHaveLength(1)
    // The command of a cell is not that of the run, and a report shows texts.
    expect(input.environment).toEqual({ engine: "engine of bce" })
  })

  it("shows cells of the same data in one panel, and no others", async () => {
    await finish("bce")
    await finish("other", other)
    await finish("focal")
    const { panels } = await collected("bce", "other", "focal")
    expect(panels.map(({ which, case: name, slice }) => [which, name, slice])).toEqual([
      ["best", "test_1", 1],
      ["median", "test_2", 0],
      ["worst", "test_1", 0],
    ])
    for (const { predictions } of panels)
      expect(predictions.map(({ label }) => label)).toEqual(["bce", "focal"])
  })

  it.each([
    ["is done", ["bce", "focal", "gone"]],
    ["failed", ["gone", "bce", "focal"]],
  ])("gives each cell of a panel its own Dice, where the first of the plan %s", async (_, labels) => {
    await writeFailure(join(runFolder, "cells/gone"), { kind: "data", problems: [{ message: "gone" }] })
    await finish("bce")
    await finish("focal", dataset, [0.1, 0.8, 0.5, 0.4])
    const { panels } = await collected(...labels)
    const shown = panels.map(({ which, predictions }) => [
      which,
      ...predictions.map((one) => `${one.label} ${one.value}`),
    ])
    expect(shown).toEqual([
      ["best", "bce 0.9", "focal 0.8"],
      ["median", "bce 0.7", "focal 0.5"],
      ["worst", "bce 0.5", "focal 0.1"],
    ])
  })

  it("shows six cells at most", async () => {
    const labels = ["a", "b", "c", "d", "e", "f", "g"]
    for (const label of labels) await finish(label)
    const { panels } = await collected(...labels)
    expect(panels[0]!.predictions.map(({ label }) => label)).toEqual(labels.slice(0, 6))
  })

  it("is about the first cell where none is done, without panels and environment", async () => {
    await mkdir(join(runFolder, "cells/other"), { recursive: true })
    await writeFile(join(runFolder, "cells/other/environment.json"), '{"engine":"of the failed one"}')
    const input = await collected("other", "bce")
    expect(input).toMatchObject({ title: "of other", panels: [], environment: {}, references: [] })
    expect(input.dataset.remarks).toEqual(["of other data"])
  })

  it("stands without data that could not be loaded", async () => {
    await rm(store, { recursive: true })
    await finish("bce")
    const { dataset: about, panels, references, cells } = await collected("bce")
    const none = { train: 0, validation: 0, test: 0 }
    expect(about).toMatchObject({ patients: none, cases: none, slices: none })
    expect(about.remarks).toEqual(["the data could not be loaded"])
    expect({ panels, references }).toEqual({ panels: [], references: [] })
    expect(cells[0]!.outcome.tag).toBe("done")
  })

  it("stands without an environment that is damaged", async () => {
    await finish("bce")
    await appendFile(join(runFolder, "cells/bce/environment.json"), "x")
    expect((await collected("bce")).environment).toEqual({})
  })
})
