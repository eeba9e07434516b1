import { existsSync, readFileSync } from "node:fs"
import { rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { beforeEach, describe, expect, it } from "vitest"
import { openStore } from "../../src/pipeline/store.ts"
import { readFailure, writeFailure } from "../../src/sweep/cellFiles.ts"
import { readJournal } from "../../src/sweep/journal.ts"
import type { PlannedCell } from "../../src/sweep/plan.ts"
import { type RunOptions, runPlan } from "../../src/sweep/runPlan.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"
import { actor } from "./actor.ts"
import { fillCellFolder, smallResult } from "./cellFolder.ts"
import { plannedCell, planOf } from "./plannedCell.ts"

let runFolder = ""
let store = ""
beforeEach(async () => {
  runFolder = await temporaryFolder()
  store = await temporaryFolder()
})

/** Puts what loading makes into the store, so that it needs no process. */
const storeData = async (
  data = "data",
  stages: readonly string[] = ["load", "references"],
): Promise<void> => {
  for (const stage of stages)
    await openStore(store, () => undefined).publish(
      stage,
      stage === "load" ? data : `${data} ${stage}`,
      (folder) => writeFile(join(folder, "made"), stage),
    )
}

/** Plays the processes of a run. Each notes that it was called, with "load" for data alone; then it does what is said
 *  of its label, and finishes unless that ends it. */
const players = (parts: Readonly<Record<string, string>>): readonly string[] =>
  actor(`const [, , plan, , index] = argv
const cell = JSON.parse(readFileSync(plan, "utf8")).cells[index]
const called = [...(argv.includes("--load-only") ? ["load"] : []), cell.label].join(" ")
const run = plan.slice(0, -"/plan.json".length)
const profile = argv.includes("--profile") ? " with a profile" : ""
appendFileSync(run + "/called", called + profile + "\\n")
const leave = (name, value) => writeFileSync(run + "/" + cell.folder + "/" + name, JSON.stringify(value))
const parts = { ${Object.entries(parts).map(([name, part]) => `${JSON.stringify(name)}: async () => { ${part} }`)} }
await parts[called]?.()
finish()`)

const called = (): readonly string[] => {
  const file = join(runFolder, "called")
  return existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : []
}

/** Runs cells, and tells what was told and journalled. */
const run = async (
  cells: readonly PlannedCell[],
  parts: Readonly<Record<string, string>> = {},
  more: Partial<RunOptions> = {},
) => {
  const plan = planOf(cells, store)
  await writeFile(join(runFolder, "plan.json"), JSON.stringify(plan))
  const told: string[] = []
  const outcome = await runPlan({
    plan,
    runFolder,
    environment: {},
    progress: {
      note: (text) => void told.push(text.replaceAll(runFolder, "RUN")),
      event: (label, { event }) => void (event === "warning" && told.push(`${label} warns`)),
      end: (label, text) => void told.push(`${label}: ${text}`),
    },
    signal: new AbortController().signal,
    profile: false,
    losslab: players(parts),
    ...more,
  })
  const journal = (await readJournal(join(runFolder, "journal.jsonl"))).map((entry) =>
    [entry.event, ...("cell" in entry ? [entry.cell] : [])].join(" "),
  )
  return { outcome, told, journal }
}

const nothingWrong = { interrupted: false, failures: [] }
const [a, b, c] = [plannedCell("a"), plannedCell("b"), plannedCell("c", { data: "other" })]
const aCaseIsGone = 'fail("data", "a case is gone"); process.exit(3)'

describe("runPlan", () => {
  it("loads what cells share once, all data before anything is trained, then runs the cells in order", async () => {
    const { outcome, told, journal } = await run([a, b, c], {
      "load c": 'say({ event: "warning", message: "" })',
    })
    expect(called()).toEqual(["load a", "load c", "a", "b", "c"])
    expect(outcome).toEqual(nothingWrong)
    expect(journal).toEqual(["started a", "done a", "started b", "done b", "started c", "done c"])
    expect(told).toEqual([
      ...["data: loaded", "data warns", "data: loaded"],
      ...["a: done in 0.0 s", "b: done in 0.0 s", "c: done in 0.0 s"],
    ])
  })

  it("loads nothing that the store has undamaged", async () => {
    await storeData()
    const { told } = await run([a])
    expect(called()).toEqual(["a"])
    expect(told).toEqual(["a: done in 0.0 s"])
  })

  it.each(["load", "references"])("loads where the store has %s alone", async (stage) => {
    await storeData("data", [stage])
    await run([a])
    expect(called()).toEqual(["load a", "a"])
  })

  it("loads again what is damaged in the store, and says so", async () => {
    await storeData()
    await writeFile(join(store, "load", "data", "made"), "x")
    const { told } = await run([a])
    expect(called()).toEqual(["load a", "a"])
    expect(told[0]).toMatch(/^the stored load data is damaged \(made has the wrong size\)/)
  })

  it("tells how long a cell took", async () => {
    await storeData()
    const seconds = [12.34, 59.96, 65, 119.6]
    const cells = seconds.map((_, i) => plannedCell(`cell${i}`))
    const leave = (each: number) =>
      `leave("result.json", ${JSON.stringify({ ...smallResult, seconds: each })})`
    const { told } = await run(cells, Object.fromEntries(seconds.map((each, i) => [`cell${i}`, leave(each)])))
    expect(told).toEqual([
      "cell0: done in 12.3 s",
      "cell1: done in 1 min 0 s",
      "cell2: done in 1 min 5 s",
      "cell3: done in 2 min 0 s",
    ])
    const journal = await readJournal(join(runFolder, "journal.jsonl"))
    expect(journal.flatMap((entry) => (entry.event === "done" ? [entry.seconds] : []))).toEqual(seconds)
  })

  it("hands on the engine's variables, and asks for a profile of cells, not of loading", async () => {
    const words = 'if (process.env.OWN !== "of the engine") process.exit(1)'
    const { outcome } = await run(
      [a],
      { a: words, "load a": words },
      { profile: true, environment: { OWN: "of the engine" } },
    )
    expect(outcome).toEqual(nothingWrong)
    expect(called()).toEqual(["load a", "a with a profile"])
  })
})

describe("a run where something fails", () => {
  it("goes on with the other cells, and tells every failure", async () => {
    await storeData()
    const { outcome, told, journal } = await run([a, b, plannedCell("d")], {
      a: "process.exit(9)",
      d: 'fail("numerics", "the loss is NaN", "so is its gradient"); process.exit(4)',
    })
    expect(outcome.interrupted).toBe(false)
    expect(outcome.failures.map(({ cell, failure }) => [cell.label, failure.kind, failure.message])).toEqual([
      ["a", "environment", "the cell's process ended with code 9 and no result"],
      ["d", "numerics", "the loss is NaN; so is its gradient"],
    ])
    expect(journal).toEqual(["started a", "failed a", "started b", "done b", "started d", "failed d"])
    expect(told[2]).toBe("d: failed: the loss is NaN; so is its gradient")
    expect(await readFailure(join(runFolder, "cells/d"))).toEqual({
      kind: "numerics",
      problems: [{ message: "the loss is NaN" }, { message: "so is its gradient" }],
    })
    const entries = await readJournal(join(runFolder, "journal.jsonl"))
    expect(entries.at(-1)).toMatchObject({ kind: "numerics", message: "the loss is NaN; so is its gradient" })
    // The child could not write it.
    expect(await readFailure(join(runFolder, "cells/a"))).toMatchObject({ kind: "environment" })
  })

  it("trains nothing on data that cannot be loaded, which are tried once, and what needs others", async () => {
    const alike = { ...b, keys: { ...b.keys, references: "scored otherwise" } }
    const { outcome, journal } = await run([a, alike, c], { "load a": aCaseIsGone })
    expect(called()).toEqual(["load a", "load c", "c"])
    expect(outcome.failures.map(({ cell }) => cell.label)).toEqual(["a", "b"])
    const [first, second] = outcome.failures
    expect(first!.failure).toMatchObject({ kind: "data", message: "a case is gone" })
    expect(second!.failure).toBe(first!.failure)
    expect(journal).toEqual(["failed a", "failed b", "started c", "done c"])
    for (const { folder } of [a, alike])
      expect(await readFailure(join(runFolder, folder))).toMatchObject({ kind: "data" })
  })

  it("scores the reference rows of the same data for each way of scoring", async () => {
    await run([a, { ...b, keys: { ...b.keys, references: "scored otherwise" } }])
    expect(called()).toEqual(["load a", "load b", "a", "b"])
  })
})

describe("a run after another", () => {
  beforeEach(() => storeData())

  it("keeps what is done", async () => {
    await fillCellFolder(join(runFolder, b.folder))
    const { outcome, told, journal } = await run([a, b])
    expect(called()).toEqual(["a"])
    expect(outcome).toEqual(nothingWrong)
    expect(told).toEqual(["b: done before, kept", "a: done in 0.0 s"])
    expect(journal).toEqual(["kept b", "started a", "done a"])
  })

  it.each([
    [
      "a result of another key",
      () => fillCellFolder(join(runFolder, a.folder), { ...smallResult, key: "other" }),
    ],
    [
      "a result without its files",
      async () => {
        await fillCellFolder(join(runFolder, a.folder))
        await rm(join(runFolder, a.folder, "scores.csv"))
      },
    ],
    [
      "a failure",
      () =>
        writeFailure(join(runFolder, a.folder), { kind: "data", problems: [{ message: "a case is gone" }] }),
    ],
  ])("runs again what has %s", async (_, leave) => {
    await leave()
    const { journal } = await run([a])
    expect(called()).toEqual(["a"])
    expect(journal).toEqual(["started a", "done a"])
  })

  it("sets a damaged result aside, says so, and runs that cell again", async () => {
    await fillCellFolder(join(runFolder, a.folder))
    await writeFile(join(runFolder, a.folder, "result.json"), "{")
    const { told } = await run([a])
    expect(called()).toEqual(["a"])
    expect(told[0]).toBe(
      "a  warning: RUN/cells/a/result.json is damaged; it was set aside as result.json.corrupt-1",
    )
    expect(existsSync(join(runFolder, a.folder, "result.json.corrupt-1"))).toBe(true)
  })

  it("loads the data of what is kept when they are gone, for the report, and keeps it also if that fails", async () => {
    await fillCellFolder(join(runFolder, c.folder))
    const { outcome, journal } = await run([c], { "load c": aCaseIsGone })
    expect(called()).toEqual(["load c"])
    expect(outcome).toEqual(nothingWrong)
    expect(journal).toEqual(["kept c"])
  })
})

describe("a run that is interrupted", () => {
  /** Stops the run as soon as a process says something. */
  const stopping = () => {
    const controller = new AbortController()
    const { signal } = controller
    const progress = { note: () => undefined, event: () => controller.abort(), end: () => undefined }
    return { signal, progress }
  }
  const hanging = 'say({ event: "warning", message: "" }); await stay()'

  it("stops the cell that runs, which has not failed, and starts no other", async () => {
    await storeData()
    const { outcome, journal } = await run([a, b], { a: hanging }, stopping())
    expect(outcome).toEqual({ interrupted: true, failures: [] })
    expect(called()).toEqual(["a"])
    expect(journal).toEqual(["started a", "interrupted a"])
    expect(await readFailure(join(runFolder, a.folder))).toBeUndefined()
    expect(existsSync(join(runFolder, b.folder))).toBe(false)
  })

  it("stops loading, and loads and trains nothing else", async () => {
    const { outcome, journal } = await run([a, c], { "load a": hanging }, stopping())
    expect(outcome).toEqual({ interrupted: true, failures: [] })
    expect(called()).toEqual(["load a"])
    expect(journal).toEqual([])
    expect(existsSync(join(runFolder, c.folder))).toBe(false)
  })

  it("starts nothing when that was said before", async () => {
    const { outcome } = await run([a], {}, { signal: AbortSignal.abort() })
    expect(outcome).toEqual({ interrupted: true, failures: [] })
    expect(existsSync(join(runFolder, a.folder))).toBe(false)
  })

  it.each([
    ["a cell's process", "a", ["load a", "a", "b"], ["started a", "interrupted a", "started b", "done b"]],
    ["the process that loads", "load a", ["load a", "load b", "b"], ["started b", "done b"]],
  ])(
    "is not whole where somebody else tells %s to stop, and goes on with the others",
    async (_, who, calls, journalled) => {
      const { outcome, journal } = await run([a, b], {
        [who]: 'fail("interrupted", "stop"); process.exit(75)',
      })
      expect(called()).toEqual(calls)
      expect(outcome).toEqual({ interrupted: true, failures: [] })
      expect(journal).toEqual(journalled)
      expect(told.includes("a: interrupted")).toBe(who === "a")
      expect(told.at(-1)).toBe("b: done in 0.0 s")
    },
  )
})
