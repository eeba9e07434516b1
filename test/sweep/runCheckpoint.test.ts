import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { beforeEach, describe, expect, it } from "vitest"
import { writeFailure } from "../../src/sweep/cellFiles.ts"
import { appendJournal } from "../../src/sweep/journal.ts"
import { runCheckpoint } from "../../src/sweep/runCheckpoint.ts"
import { refusal } from "../data/support/refusal.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"
import { fillCellFolder } from "./cellFolder.ts"
import { plannedCell, planOf } from "./plannedCell.ts"

let folder = ""
beforeEach(async () => {
  folder = await temporaryFolder()
})

/** A run of four cells, of which these are done; focal failed, and tversky was interrupted. */
const runOf = async (...done: readonly string[]): Promise<void> => {
  const cells = ["bce", "agBce", "focal", "tversky"].map((label) => plannedCell(label))
  await writeFile(join(folder, "plan.json"), JSON.stringify(planOf(cells, "/store")))
  for (const label of done) await fillCellFolder(join(folder, "cells", label))
  await writeFailure(join(folder, "cells/focal"), { kind: "data", problems: [{ message: "a case is gone" }] })
  const journal = join(folder, "journal.jsonl")
  await appendJournal(journal, { event: "started", cell: "bce" })
  await appendJournal(journal, { event: "interrupted", cell: "tversky" })
}

const weightsOf = (label: string) => ({
  file: join(folder, "cells", label, "checkpoints", "weights.safetensors"),
  label,
})

const problemOf = async (label?: string) => {
  const { kind, problems } = await refusal(runCheckpoint(folder, label))
  expect(kind).toBe("usage")
  expect(problems).toHaveLength(1)
  return problems[0]
}

const fix = "run the experiment again: it goes on with what is not done"

describe("runCheckpoint", () => {
  it("gives the weights of the only cell that is done", async () => {
    await runOf("agBce")
    expect(await runCheckpoint(folder, undefined)).toEqual(weightsOf("agBce"))
  })

  it("gives those of the cell that is named, also of several", async () => {
    await runOf("bce", "agBce")
    expect(await runCheckpoint(folder, "agBce")).toEqual(weightsOf("agBce"))
    expect(await runCheckpoint(folder, "bce")).toEqual(weightsOf("bce"))
  })

  it("refuses to choose among several", async () => {
    await runOf("bce", "agBce")
    expect(await problemOf()).toEqual({
      message: "2 cells of the run are done, and --cell names none",
      file: folder,
      expected: "--cell with one of bce, agBce",
    })
  })

  it("refuses a cell that is not done, and says what became of it", async () => {
    await runOf("agBce")
    const founds = {
      bce: "bce was not run",
      focal: "focal failed (data): a case is gone",
      tversky: "tversky was interrupted",
    }
    for (const [label, found] of Object.entries(founds))
      expect(await problemOf(label)).toEqual({
        message: `the cell ${label} is not done`,
        file: folder,
        found,
        fix,
      })
  })

  it("refuses a run of which none is done, and says what became of each", async () => {
    await runOf()
    expect(await problemOf()).toEqual({
      message: "no cell of the run is done",
      file: folder,
      found:
        "bce was not run; agBce was not run; focal failed (data): a case is gone; tversky was interrupted",
      fix,
    })
  })

  it("refuses a cell that the run does not have, naming the nearest", async () => {
    await runOf("bce")
    const expected = "one of bce, agBce, focal, tversky"
    expect(await problemOf("agBse")).toEqual({
      message: "the run has no cell agBse",
      file: folder,
      expected,
      suggestion: "agBce",
    })
    expect(await problemOf("elsewhere")).toEqual({
      message: "the run has no cell elsewhere",
      file: folder,
      expected,
    })
  })

  it("refuses what is no run directory, and what is not there", async () => {
    const problem = {
      message: "this is no run directory",
      file: folder,
      expected: "a folder with plan.json, which `losslab run` makes",
      found: "no plan.json",
    }
    expect(await problemOf()).toEqual(problem)
    folder = join(folder, "gone")
    expect(await problemOf()).toEqual({ ...problem, file: folder, found: "no such folder" })
  })
})
