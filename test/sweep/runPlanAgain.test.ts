import { existsSync } from "node:fs"
import { rm, writeFile } from "node:fs/promises"
import { beforeEach, describe, expect, it } from "vitest"
import { readFailure, writeFailure } from "../../src/sweep/cellFiles.ts"
import { fillCellFolder, smallResult } from "./cellFolder.ts"
import { plannedCell } from "./plannedCell.ts"
import { usePlayedRun } from "./playedRun.ts"

const { at, run, called, storeData } = usePlayedRun()

const nothingWrong = { interrupted: false, failures: [] }
const [a, b, c] = [plannedCell("a"), plannedCell("b"), plannedCell("c", { data: "other" })]
const aCaseIsGone = 'fail("data", "a case is gone"); process.exit(3)'

describe("a run after another", () => {
  beforeEach(() => storeData())

  it("keeps what is done", async () => {
    await fillCellFolder(at(b.folder))
    const { outcome, told, journal } = await run([a, b])
    expect(called()).toEqual(["a"])
    expect(outcome).toEqual(nothingWrong)
    expect(told).toEqual(["b: done before, kept", "a: done in 0.0 s"])
    expect(journal).toEqual(["kept b", "started a", "done a"])
  })

  it.each([
    ["a result of another key", () => fillCellFolder(at(a.folder), { ...smallResult, key: "other" })],
    [
      "a result without its files",
      async () => {
        await fillCellFolder(at(a.folder))
        await rm(at(a.folder, "scores.csv"))
      },
    ],
    [
      "a failure",
      () => writeFailure(at(a.folder), { kind: "data", problems: [{ message: "a case is gone" }] }),
    ],
  ])("runs again what has %s", async (_, leave) => {
    await leave()
    const { journal } = await run([a])
    expect(called()).toEqual(["a"])
    expect(journal).toEqual(["started a", "done a"])
  })

  it("sets a damaged result aside, says so, and runs that cell again", async () => {
    await fillCellFolder(at(a.folder))
    await writeFile(at(a.folder, "result.json"), "{")
    const { told } = await run([a])
    expect(called()).toEqual(["a"])
    expect(told[0]).toBe(
      "a  warning: RUN/cells/a/result.json is damaged; it was set aside as result.json.corrupt-1",
    )
    expect(existsSync(at(a.folder, "result.json.corrupt-1"))).toBe(true)
  })

  it("loads the data of what is kept when they are gone, for the report, and keeps it also if that fails", async () => {
    await fillCellFolder(at(c.folder))
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
    expect(await readFailure(at(a.folder))).toBeUndefined()
    expect(existsSync(at(b.folder))).toBe(false)
  })

  it("stops loading, and loads and trains nothing else", async () => {
    const { outcome, journal } = await run([a, c], { "load a": hanging }, stopping())
    expect(outcome).toEqual({ interrupted: true, failures: [] })
    expect(called()).toEqual(["load a"])
    expect(journal).toEqual([])
    expect(existsSync(at(c.folder))).toBe(false)
  })

  it("starts nothing when that was said before", async () => {
    const { outcome } = await run([a], {}, { signal: AbortSignal.abort() })
    expect(outcome).toEqual({ interrupted: true, failures: [] })
    expect(existsSync(at(a.folder))).toBe(false)
  })

  it.each([
    ["a cell's process", "a", ["load a", "a", "b"], ["started a", "interrupted a", "started b", "done b"]],
    ["the process that loads", "load a", ["load a", "load b", "b"], ["started b", "done b"]],
  ])(
    "is not whole where somebody else tells %s to stop, and goes on with the others",
    async (_, who, calls, journalled) => {
      const { outcome, told, journal } = await run([a, b], {
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
