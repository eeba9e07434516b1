import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { PassThrough } from "node:stream"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { type CellCommand, cellCommand } from "../../src/commands/cell.ts"
import { prepare } from "../../src/commands/prepare.ts"
import { exitCode } from "../../src/failure/exitCode.ts"
import type { CellEvent } from "../../src/stages/events.ts"
import { cellIsWhole, readFailure, readResult } from "../../src/sweep/cellFiles.ts"
import type { Plan } from "../../src/sweep/plan.ts"
import { refusal } from "../data/support/refusal.ts"
import { sharedFolder, tinyExperiment } from "../support/experimentFiles.ts"

const shared = sharedFolder()
const at = (...path: readonly string[]) => join(shared.path, ...path)

/** The plan of the tiny experiment, and what its one cell is told. */
const planned = async (change: (plan: Plan) => Plan = (plan) => plan) => {
  shared.write("tiny.yaml", tinyExperiment)
  const asked = { file: at("tiny.yaml"), sets: [], backend: "javascript", extra: [] } as const
  const { plan } = await prepare(asked)
  const changed = change({ ...plan, store: at("store") })
  shared.write("run/plan.json", JSON.stringify(changed))
  const { folder, keys, label } = changed.cells[0]!
  const command: CellCommand = {
    plan: at("run/plan.json"),
    index: 0,
    loadOnly: false,
    supervised: false,
    profile: false,
  }
  return { command, folder: at("run", folder), keys, label, plan: changed }
}

/** Removes what stages made from the store, so that it is made again. */
const forget = (...stages: readonly string[]): void => {
  for (const stage of stages) rmSync(at("store", stage), { recursive: true, force: true })
}

let events: CellEvent[] = []
let onEvent: (event: CellEvent) => void = () => undefined
const signals = ["SIGINT", "SIGTERM", "SIGUSR2"] as const
const handlers = new Map<string, readonly unknown[]>()
beforeEach(() => {
  events = []
  onEvent = () => undefined
  for (const signal of signals) handlers.set(signal, process.listeners(signal))
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    for (const line of String(text).trimEnd().split("\n")) {
      const event = JSON.parse(line) as CellEvent
      events.push(event)
      onEvent(event)
    }
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(at("run"), { recursive: true, force: true })
  // A cell keeps its handlers to the end of its process.
  for (const signal of signals)
    for (const handler of process.listeners(signal))
      if (!handlers.get(signal)!.includes(handler)) process.off(signal, handler)
})

const namesOf = (all: readonly CellEvent[]) => all.map((event) => event.event)
const stagesDone = () =>
  events.flatMap((event) => (event.event === "stage" && event.status === "done" ? [event.stage] : []))

describe("the command of a cell", () => {
  it("loads alone when told to, and leaves no file of a cell", async () => {
    const { command, folder, keys } = await planned()
    await cellCommand({ ...command, loadOnly: true })
    expect(events[0]).toEqual({
      ...{ event: "engine", name: "javascript", version: "tfjs-backend-cpu 4.22.0", threads: 1 },
    })
    expect(stagesDone()).toEqual(["load", "references"])
    expect(events.at(-1)).toEqual({ event: "finished", seconds: expect.any(Number) })
    expect(readdirSync(at("store")).sort()).toEqual(["load", "references"])
    expect(existsSync(at("store/load", keys.load, "manifest.json"))).toBe(true)
    expect(readdirSync(folder)).toEqual([])
  })

  it("leaves every file of a cell that is done, the result with what it came to", async () => {
    const { command, folder, keys, plan } = await planned()
    await cellCommand(command)
    expect(await cellIsWhole(folder)).toBe(true)
    const result = await readResult(folder)
    expect(result).toMatchObject({ label: "tiny", key: keys.evaluate })
    expect(result!.history.epochs.map(({ epoch }) => epoch)).toEqual([1])
    expect(result!.scores.slices.length).toBeGreaterThan(0)
    // This process has lived longer than the cell, and holds more than the engine alone: in bytes, not kilobytes.
    expect(result!.seconds).toBeGreaterThan(0.1)
    expect(result!.seconds).toBeLessThanOrEqual(process.uptime())
    expect(result!.peakRssBytes).toBeGreaterThan(50e6)
    expect(result!.peakRssBytes).toBeLessThanOrEqual(process.resourceUsage().maxRSS * 1024)
    expect(namesOf(events)).toEqual(expect.arrayContaining(["engine", "stage", "step", "epoch"]))
    expect(events.at(-1)!.event).toBe("finished")
    expect(JSON.parse(readFileSync(join(folder, "environment.json"), "utf8"))).toMatchObject({
      command: plan.command,
    })
    expect(readFileSync(join(folder, "config.yaml"), "utf8")).toMatch(/^name: tiny$/m)
    expect(existsSync(join(folder, "profile.json"))).toBe(false)
    expect(existsSync(join(folder, "failure.json"))).toBe(false)
  })

  it("takes from the store what is there, and makes the files of the cell of it, with a profile when asked", async () => {
    const { command, folder, keys } = await planned()
    forget("evaluate")
    await cellCommand({ ...command, profile: true })
    expect(namesOf(events)).not.toContain("epoch")
    expect(await cellIsWhole(folder)).toBe(true)
    expect(JSON.parse(readFileSync(join(folder, "profile.json"), "utf8"))).toMatchObject({
      otherData: { cell: "tiny", key: keys.evaluate, engine: "tfjs-backend-cpu 4.22.0" },
    })
  })

  it("is done though its profile cannot be written, and warns", async () => {
    const { command, folder } = await planned()
    forget("evaluate")
    mkdirSync(join(folder, "profile.json"), { recursive: true })
    await cellCommand({ ...command, profile: true })
    expect(events.slice(-2)).toEqual([
      {
        event: "warning",
        message: expect.stringMatching(/^the profile cannot be written to .*profile\.json: .*EISDIR/),
      },
      { event: "finished", seconds: expect.any(Number) },
    ])
    expect(await cellIsWhole(folder)).toBe(true)
  })

  it("knows no cell that the plan does not have", async () => {
    const { command } = await planned()
    const { kind, problems } = await refusal(cellCommand({ ...command, index: 1 }))
    expect({ kind, problems }).toEqual({
      kind: "usage",
      problems: [{ file: command.plan, message: "the plan has no cell 1", expected: "an index from 0 to 0" }],
    })
    expect(events).toEqual([])
  })
})

describe("a cell that fails", () => {
  const ofAnotherTime = (plan: Plan): Plan => ({
    ...plan,
    cells: plan.cells.map((cell) => ({
      ...cell,
      keys: { ...cell.keys, ingredients: { ...cell.keys.ingredients, "loss code": "of another time" } },
    })),
  })

  it("says why to its parent, in its folder and to whoever called it", async () => {
    const { command, folder } = await planned(ofAnotherTime)
    const failed = await refusal(cellCommand(command))
    expect(failed.kind).toBe("environment")
    expect(failed.message).toContain("the plan does not fit any more: loss code changed")
    const { kind, problems } = failed
    expect(events.at(-1)).toEqual({ event: "failed", kind, problems })
    expect(await readFailure(folder)).toEqual({ kind, problems })
    expect(existsSync(join(folder, "result.json"))).toBe(false)
  })

  it("leaves no failure of a cell when it was only to load", async () => {
    const { command, folder } = await planned(ofAnotherTime)
    await refusal(cellCommand({ ...command, loadOnly: true }))
    expect(events.at(-1)).toMatchObject({ event: "failed", kind: "environment" })
    expect(await readFailure(folder)).toBeUndefined()
  })

  it("says why also where its folder cannot be made", async () => {
    const { command, folder } = await planned()
    shared.write(join("run", "cells"), "a file")
    expect((await refusal(cellCommand(command))).kind).toBe("environment")
    expect(events.at(-1)).toMatchObject({ event: "failed", kind: "environment" })
    expect(existsSync(folder)).toBe(false)
  })
})

describe("a cell that is told to stop", () => {
  it.each([...signals, "the end of its stdin"])(
    "was interrupted by %s, which is no failure of it",
    async (by) => {
      const { command, folder } = await planned()
      forget("train", "evaluate")
      const stdin = Object.assign(new PassThrough(), { unref: vi.fn() })
      const own = Object.getOwnPropertyDescriptor(process, "stdin")!
      Object.defineProperty(process, "stdin", { configurable: true, value: stdin })
      onEvent = ({ event }) => {
        if (event !== "engine") return
        if (by.startsWith("SIG")) process.emit(by as NodeJS.Signals)
        else stdin.end()
      }
      const supervised = !by.startsWith("SIG")
      const failed = await refusal(cellCommand({ ...command, supervised })).finally(() =>
        Object.defineProperty(process, "stdin", own),
      )
      expect(failed.kind).toBe("interrupted")
      expect(exitCode[failed.kind]).toBe(75)
      expect(events.at(-1)).toMatchObject({ event: "failed", kind: "interrupted" })
      expect(await readFailure(folder)).toBeUndefined()
      expect(existsSync(join(folder, "result.json"))).toBe(false)
      // Waiting for the parent would keep the process alive.
      expect(stdin.unref).toHaveBeenCalledTimes(supervised ? 1 : 0)
    },
  )

  it("was interrupted while it loads, too", async () => {
    const { command } = await planned()
    forget("load", "references")
    onEvent = ({ event }) => void (event === "engine" && process.emit("SIGTERM"))
    expect((await refusal(cellCommand({ ...command, loadOnly: true }))).kind).toBe("interrupted")
  })
})
