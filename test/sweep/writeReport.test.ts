import { mkdir, readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { expect, it } from "vitest"
import { report } from "../../src/stages/report.ts"
import { collectReport } from "../../src/sweep/collectReport.ts"
import type { PlannedCell } from "../../src/sweep/plan.ts"
import { writeReport } from "../../src/sweep/writeReport.ts"
import { discs } from "../support/dataset.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"
import { fillDoneCell, resultOn, storeDataset } from "./doneRun.ts"
import { plannedCell, planOf } from "./plannedCell.ts"

it("writes the files of the report over older ones", async () => {
  const [runFolder, store] = [await temporaryFolder(), await temporaryFolder()]
  const dataset = discs({ test: 1, each: 1 })
  await storeDataset(store, "data", dataset, [])
  await fillDoneCell(join(runFolder, "cells/bce"), dataset, resultOn(dataset, [0.5]))
  await writeFile(join(runFolder, "experiment.yaml"), "name: tiny\n")
  await mkdir(join(runFolder, "report"))
  await writeFile(join(runFolder, "report/comment.md"), "old")
  const spec = {
    report: { title: "Tiny", baseline: null, remark: [] },
    load: { size: [16, 16] },
    evaluate: { metrics: ["dice"] },
    train: { loss: { kind: "bce" } },
  } as unknown as PlannedCell["spec"]
  const plan = planOf([{ ...plannedCell("bce"), spec }], store)
  await writeReport(runFolder, plan)
  await writeReport(runFolder, plan)
  const files = report(await collectReport(runFolder, plan))
  expect((await readdir(join(runFolder, "report"))).sort()).toEqual(Object.keys(files).sort())
  for (const [name, text] of Object.entries(files))
    expect(await readFile(join(runFolder, "report", name), "utf8"), name).toBe(text)
})
