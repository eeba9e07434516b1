import { rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { writeFailure } from "../../src/sweep/cellFiles.ts"
import { cellOutcome } from "../../src/sweep/cellOutcome.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"
import { fillCellFolder, smallResult } from "./cellFolder.ts"
import { plannedCell } from "./plannedCell.ts"

const cell = plannedCell("bce")
const none = new Set<string>()
const failed = { kind: "data", problems: [{ message: "a case is gone" }] } as const

/** A folder in which the cell is done. */
const doneFolder = async (): Promise<string> => {
  const folder = await temporaryFolder()
  await fillCellFolder(folder)
  return folder
}

describe("cellOutcome", () => {
  it("is done with what the result says", async () => {
    const { history, scores, seconds, peakRssBytes } = smallResult
    expect(await cellOutcome(await doneFolder(), cell, none)).toEqual({
      tag: "done",
      history,
      scores,
      seconds,
      peakRssBytes,
    })
  })

  it("is done whatever failed or was interrupted before", async () => {
    const folder = await doneFolder()
    await writeFailure(folder, failed)
    expect(await cellOutcome(folder, cell, new Set(["bce"]))).toMatchObject({ tag: "done" })
  })

  it("is not done by the result of another key", async () => {
    const other = plannedCell("bce", { key: `${smallResult.key}0` })
    expect(await cellOutcome(await doneFolder(), other, none)).toEqual({ tag: "notRun" })
  })

  it.each(["result.json", "scores.csv"])("is not done without %s", async (name) => {
    const folder = await doneFolder()
    await rm(join(folder, name))
    expect(await cellOutcome(folder, cell, none)).toEqual({ tag: "notRun" })
  })

  it("is not done by a result that is damaged", async () => {
    const folder = await doneFolder()
    await writeFile(join(folder, "result.json"), '{"key":')
    expect(await cellOutcome(folder, cell, new Set(["bce"]))).toEqual({ tag: "interrupted" })
  })

  it("failed where a failure was written, also when it was interrupted before, and says what with its place", async () => {
    const folder = await temporaryFolder()
    await writeFailure(folder, {
      kind: "config",
      problems: [{ message: "too large", file: "a.nii" }, { message: "too small" }],
    })
    expect(await cellOutcome(folder, cell, new Set(["bce"]))).toEqual({
      tag: "failed",
      kind: "config",
      message: "a.nii: too large; too small",
    })
  })

  it("was interrupted where the journal says so of this cell, and was not run otherwise", async () => {
    const folder = await temporaryFolder()
    expect(await cellOutcome(folder, cell, new Set(["focal", "bce"]))).toEqual({ tag: "interrupted" })
    expect(await cellOutcome(folder, cell, new Set(["focal"]))).toEqual({ tag: "notRun" })
    expect(await cellOutcome(join(folder, "gone"), cell, none)).toEqual({ tag: "notRun" })
  })
})
