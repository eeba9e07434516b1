import { writeFile } from "node:fs/promises"
import { describe, expect, it } from "vitest"
import { readFailure } from "../../src/sweep/cellFiles.ts"
import { readJournal } from "../../src/sweep/journal.ts"
import { smallResult } from "./cellFolder.ts"
import { plannedCell } from "./plannedCell.ts"
import { usePlayedRun } from "./playedRun.ts"

const { at, inStore, run, called, storeData } = usePlayedRun()

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
    await storeData([stage])
    await run([a])
    expect(called()).toEqual(["load a", "a"])
  })

  it("loads again what is damaged in the store, and says so", async () => {
    await storeData()
    await writeFile(inStore("load", "data", "made"), "x")
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
    const journal = await readJournal(at("journal.jsonl"))
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
    expect(await readFailure(at("cells/d"))).toEqual({
      kind: "numerics",
      problems: [{ message: "the loss is NaN" }, { message: "so is its gradient" }],
    })
    const entries = await readJournal(at("journal.jsonl"))
    expect(entries.at(-1)).toMatchObject({ kind: "numerics", message: "the loss is NaN; so is its gradient" })
    // The child could not write it.
    expect(await readFailure(at("cells/a"))).toMatchObject({ kind: "environment" })
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
    for (const { folder } of [a, alike]) expect(await readFailure(at(folder))).toMatchObject({ kind: "data" })
  })

  it("scores the reference rows of the same data for each way of scoring", async () => {
    await run([a, { ...b, keys: { ...b.keys, references: "scored otherwise" } }])
    expect(called()).toEqual(["load a", "load b", "a", "b"])
  })
})
