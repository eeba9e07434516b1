import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { beforeEach, describe, expect, it, vi } from "vitest"
import { planCommand } from "../../src/commands/plan.ts"
import { prepare } from "../../src/commands/prepare.ts"
import { appendJournal } from "../../src/sweep/journal.ts"
import type { Plan, PlannedCell } from "../../src/sweep/plan.ts"
import { useFolder } from "../support/folder.ts"
import { fillCellFolder, smallResult } from "../sweep/cellFolder.ts"
import { plannedCell, planOf } from "../sweep/plannedCell.ts"

vi.mock("../../src/commands/prepare.ts", () => ({ prepare: vi.fn() }))
useFolder()

const keyOf = (label: string, more = "") => `0123456789 ${label}${more}`
const cellOf = (
  label: string,
  ingredients: Readonly<Record<string, string>> = {},
  more = "",
): PlannedCell => {
  const cell = plannedCell(label, { key: keyOf(label, more) })
  return { ...cell, folder: `cells/${label}${more}`, keys: { ...cell.keys, ingredients } }
}

let asked: unknown
const prepared = (plan: Plan): void => {
  vi.mocked(prepare).mockImplementation(async (options) => {
    asked = options
    return { experiment: { name: "tiny" }, plan } as unknown as Awaited<ReturnType<typeof prepare>>
  })
}

/** What the command prints of these cells. */
const printed = async (
  cells: readonly PlannedCell[],
  more: Partial<Parameters<typeof planCommand>[0]> = {},
): Promise<string> => {
  prepared({ ...planOf(cells, "/store"), engine: "an engine" })
  let text = ""
  await planCommand({
    ...{ file: "tiny.yaml", sets: ["a=1"], backend: "javascript", json: true },
    print: (part) => {
      text += part
    },
    ...more,
  })
  return text
}

const statesOf = async (...cells: readonly PlannedCell[]) => JSON.parse(await printed(cells)).cells

const finish = (cell: PlannedCell, run = "runs/tiny") =>
  fillCellFolder(join(run, cell.folder), { ...smallResult, key: cell.keys.evaluate })
const planBefore = (...cells: readonly PlannedCell[]) => {
  mkdirSync("runs/tiny", { recursive: true })
  writeFileSync("runs/tiny/plan.json", JSON.stringify(planOf(cells, "/store")))
}
const took = async (...seconds: readonly number[]) => {
  mkdirSync("runs/tiny", { recursive: true })
  for (const each of seconds)
    await appendJournal("runs/tiny/journal.jsonl", { event: "done", cell: "a", seconds: each })
  await appendJournal("runs/tiny/journal.jsonl", { event: "reported" })
}

const a = cellOf("a", { loss: "1", "loss code": "2", seed: "3" })
const changed = cellOf("a", { loss: "9", "loss code": "2", seed: "8" }, " later")

beforeEach(() => vi.mocked(prepare).mockReset())

describe("losslab plan", () => {
  it("hands on what it is asked", async () => {
    await printed([a])
    expect(asked).toMatchObject({ file: "tiny.yaml", sets: ["a=1"], backend: "javascript", extra: [] })
  })

  it("finds a cell new where nothing of its label was run, and does not know how long it will take", async () => {
    expect(await statesOf(a)).toEqual([
      { label: "a", key: keyOf("a"), state: "new", changed: [], predictedSeconds: null },
    ])
    planBefore(a) // planned, not run
    expect(await statesOf(changed)).toMatchObject([{ state: "new", changed: [] }])
  })

  it("finds a cell cached whose result and files are there, which takes no time", async () => {
    await finish(a)
    await took(7)
    expect(await statesOf(a)).toMatchObject([{ state: "cached", changed: [], predictedSeconds: 0 }])
  })

  it("finds a cell stale of which a file is gone", async () => {
    await finish(a)
    rmSync("runs/tiny/cells/a/scores.csv")
    await took(7)
    expect(await statesOf(a)).toMatchObject([
      { state: "stale", changed: ["files of the cell"], predictedSeconds: 7 },
    ])
  })

  it("finds a cell stale whose result was made of something else, and says of what", async () => {
    planBefore(cellOf("b"), a)
    await finish(a)
    expect(await statesOf(changed, cellOf("b"))).toMatchObject([
      { state: "stale", changed: ["loss", "seed"], key: keyOf("a", " later") },
      { state: "new" },
    ])
  })

  it("takes a result of another key in the cell's folder for none", async () => {
    await fillCellFolder("runs/tiny/cells/a", { ...smallResult, key: "another" })
    expect(await statesOf(a)).toMatchObject([{ state: "new" }])
  })

  it.each([
    [[9, 1, 10], 9],
    [[10, 2], 10],
    [[3], 3],
  ])("expects of cells that took %j s that another takes %d s", async (seconds, predicted) => {
    await took(...seconds)
    expect(await statesOf(a)).toMatchObject([{ predictedSeconds: predicted }])
  })

  it("looks into the directory that is named", async () => {
    await finish(a, "elsewhere")
    const state = async (out?: string) =>
      JSON.parse(await printed([a], { ...(out && { out }) })).cells[0].state
    expect(await state()).toBe("new")
    expect(await state("elsewhere")).toBe("cached")
  })

  it("says all that to programs", async () => {
    expect(JSON.parse(await printed([a]))).toMatchObject({ name: "tiny", engine: "an engine", cells: [{}] })
  })

  it("says it to people, a line for each cell", async () => {
    planBefore(a)
    await finish(a)
    await finish(cellOf("done"))
    const cells = [changed, cellOf("done"), cellOf("new")]
    expect(await printed(cells, { json: false })).toBe(
      [
        "tiny: 3 cells, engine an engine",
        "stale   a  01234567  time unknown  changed: loss, seed",
        "cached  done  01234567",
        "new     new  01234567  time unknown",
        "",
      ].join("\n"),
    )
    await took(11.6)
    expect(await printed(cells, { json: false })).toMatch(/^new {5}new {2}01234567 {2}about 12 s$/m)
  })
})
