import { getEventListeners } from "node:events"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, describe, expect, it, vi } from "vitest"
import { Failure } from "../../src/failure/failure.ts"
import type { CellEvent } from "../../src/stages/events.ts"
import { type Launch, type LaunchResult, launchCell } from "../../src/sweep/launchCell.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"
import { actor } from "./actor.ts"
import { plannedCell } from "./plannedCell.ts"

const cell = { ...plannedCell("bce"), index: 3 }

interface Launched {
  readonly result: LaunchResult
  readonly events: readonly CellEvent[]
  readonly runFolder: string
  readonly signal: AbortSignal
}

/** Lets an actor play the cell's process.
 *  @param onEvent hears the events, too, and can interrupt */
const launched = async (
  part: string,
  more: Partial<Launch> = {},
  onEvent: (event: CellEvent, interrupt: () => void) => void = () => undefined,
): Promise<Launched> => {
  const runFolder = await temporaryFolder()
  const events: CellEvent[] = []
  const controller = new AbortController()
  const { signal } = controller
  const result = await launchCell({
    runFolder,
    cell,
    loadOnly: false,
    profile: false,
    environment: {},
    onEvent: (event) => {
      events.push(event)
      onEvent(event, () => controller.abort())
    },
    signal,
    losslab: actor(part),
    ...more,
  })
  return { result, events, runFolder, signal }
}

const outcome = async (part: string): Promise<LaunchResult> => (await launched(part)).result

/** Interrupts when the process says that it is ready. */
const whenReady = (event: CellEvent, interrupt: () => void): void => {
  if (event.event === "engine") interrupt()
}
const ready = 'say({ event: "engine", name: "javascript", version: "1", threads: 1 });'

afterEach(() => void vi.useRealTimers())

describe("launchCell", () => {
  it("starts losslab on the cell of the plan, supervised, with the engine's variables", async () => {
    const words = 'say({ event: "warning", message: [...argv, process.env.OWN, process.env.PATH].join("|") })'
    const given = async (more: Partial<Launch>) => {
      const { events, runFolder } = await launched(words, { environment: { OWN: "of the engine" }, ...more })
      const [warning] = events as readonly { readonly message: string }[]
      return warning!.message.replace(runFolder, "RUN").replace(`|of the engine|${process.env.PATH}`, "")
    }
    const always = "cell|--plan|RUN/plan.json|--index|3|--supervised"
    expect(await given({})).toBe(always)
    expect(await given({ loadOnly: true })).toBe(`${always}|--load-only`)
    expect(await given({ profile: true })).toBe(`${always}|--profile`)
  })

  it("holds the process's stdin open, whose end would say that the parent is gone", async () => {
    const { result, events } = await launched(
      `${ready} process.stdin.on("end", () => fail("bug", "stdin ended")).resume(); process.on("SIGTERM", () => process.exit())
       await stay()`,
      {},
      whenReady,
    )
    expect(result.tag).toBe("interrupted")
    expect(events).toHaveLength(1)
  })

  it("relays every event, and mirrors every line into log.jsonl, after those of a run before", async () => {
    const warning = { event: "warning", message: "a\u2028b" }
    const part = `say(${JSON.stringify(warning)}); console.log("no JSON"); say(null); say(7); say({ no: "event" }); finish()`
    const { result, events, runFolder } = await launched(part)
    expect(result).toEqual({ tag: "done" })
    expect(events).toEqual([warning, { event: "finished", seconds: 1 }])
    const lines = [
      ...[JSON.stringify(warning), "no JSON", "null", "7", '{"no":"event"}'],
      '{"event":"finished","seconds":1}\n',
    ].join("\n")
    const logged = () => readFileSync(join(runFolder, cell.folder, "log.jsonl"), "utf8")
    await vi.waitFor(() => expect(logged()).toBe(lines), { timeout: 20_000 })
    await launched("finish()", { runFolder })
    await vi.waitFor(() => expect(logged()).toBe(`${lines}{"event":"finished","seconds":1}\n`), {
      timeout: 20_000,
    })
  })

  it("keeps what the process writes to stderr, after that of a run before", async () => {
    const { runFolder } = await launched('console.error("one")')
    await launched('console.error("two")', { runFolder })
    const kept = () => readFileSync(join(runFolder, cell.folder, "stderr.log"), "utf8")
    await vi.waitFor(() => expect(kept()).toBe("one\ntwo\n"), { timeout: 20_000 })
  })

  it("throws what the system says where no process can be started", async () => {
    const { execPath } = process
    process.execPath = "/nowhere/node"
    const starting = launched("finish()").finally(() => {
      process.execPath = execPath
    })
    await expect(starting).rejects.toThrow("ENOENT")
  })
})

describe("a cell whose process ends by itself", () => {
  it.each([
    ["says that it finished, and ends with 0", "finish()"],
    ["says so before it says something else", 'finish(); say({ event: "warning", message: "late" })'],
  ])("is done when it %s", async (_, part) => {
    expect(await outcome(part)).toEqual({ tag: "done" })
  })

  const look = "see cells/bce/stderr.log; run the same command again to retry"
  const memory =
    "if nobody killed it, memory ran out: lower train.batchSize or load.size; then run the same command again"
  const kill = (signal: string) => `process.kill(process.pid, "${signal}"); await stay()`
  it.each([
    ["finished, and then ends with 1", "finish(); process.exit(1)", "ended with code 1 and no result", look],
    ["finished, and is killed then", `finish(); ${kill("SIGKILL")}`, "was killed by SIGKILL", memory],
    ["nothing, and ends with 0", "", "ended with code 0 and no result", look],
    ["nothing, and ends with 70", "process.exit(70)", "ended with code 70 and no result", look],
    ["nothing, and is told to end by somebody else", kill("SIGTERM"), "was killed by SIGTERM", look],
  ])("failed when it says %s", async (_, part, how, fix) => {
    const problem = { path: "cell bce", message: `the cell's process ${how}`, fix }
    const result = await outcome(part)
    expect(result).toEqual({ tag: "failed", failure: new Failure("environment", [problem]) })
    expect(result).toMatchObject({ failure: { kind: "environment", problems: [problem] } })
  })

  it("shows the last 400 characters of what it said on stderr, if any", async () => {
    const foundBy = async (part: string) => {
      const result = await outcome(part)
      return result.tag === "failed" ? result.failure.problems[0] : undefined
    }
    const words = `console.error("x".repeat(300)); console.error("y".repeat(300)); process.exit(1)`
    // 99 x and a line feed, 300 y; the last line feed is not shown.
    expect((await foundBy(words))!.found).toBe(`${"x".repeat(98)}\n${"y".repeat(300)}`)
    expect(await foundBy('console.error("  "); process.exit(1)')).not.toHaveProperty("found")
  })

  it("failed of what it says, whatever its code", async () => {
    for (const code of [3, 0]) {
      const result = await outcome(`fail("data", "a case is gone", "another, too"); process.exit(${code})`)
      expect(result).toEqual({
        tag: "failed",
        failure: new Failure("data", [{ message: "a case is gone" }, { message: "another, too" }]),
      })
      expect(result).toMatchObject({ failure: { kind: "data" } })
    }
  })

  it("was interrupted when it says so, though nobody here interrupted it", async () => {
    expect(await outcome('fail("interrupted", "stop"); process.exit(75)')).toEqual({ tag: "interrupted" })
  })
})

describe("a cell that is to stop", () => {
  it("is asked to with SIGTERM, and was interrupted whatever it says then", async () => {
    for (const last of ["finish(); process.exit(75)", 'fail("bug", "confused"); process.exit(70)']) {
      const part = `process.on("SIGTERM", () => { ${last} }); ${ready} await stay()`
      const { result, signal } = await launched(part, {}, whenReady)
      expect(result).toEqual({ tag: "interrupted" })
      expect(getEventListeners(signal, "abort")).toEqual([])
    }
  })

  it("is done when it had finished before it heard of it", async () => {
    const part = `process.on("SIGTERM", () => { finish(); process.exit() }); ${ready} await stay()`
    expect((await launched(part, {}, whenReady)).result).toEqual({ tag: "done" })
  })

  it("is asked at once when that was said before it started", async () => {
    const { result, events } = await launched(`${ready} await stay()`, { signal: AbortSignal.abort() })
    expect(result).toEqual({ tag: "interrupted" })
    expect(events.length).toBeLessThanOrEqual(1)
  })

  it("is killed when it has not stopped after twenty seconds", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] })
    const part = `process.on("SIGTERM", () => say({ event: "warning", message: "not now" })); ${ready} await stay()`
    const { result } = await launched(part, {}, (event, interrupt) => {
      whenReady(event, interrupt)
      if (event.event !== "warning") return
      vi.advanceTimersByTime(19_999)
      expect(vi.getTimerCount()).toBe(1)
      vi.advanceTimersByTime(1)
      expect(vi.getTimerCount()).toBe(0)
    })
    expect(result).toEqual({ tag: "interrupted" })
  })

  it("leaves no timer that would kill another process, and nothing that waits for the signal", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] })
    const { result } = await launched(`${ready} await stay()`, {}, whenReady)
    expect(result).toEqual({ tag: "interrupted" })
    expect(vi.getTimerCount()).toBe(0)
    const { signal } = await launched("finish()")
    expect(getEventListeners(signal, "abort")).toEqual([])
  })
})

it("makes the cell's folder", async () => {
  const { runFolder } = await launched("finish()")
  expect(existsSync(join(runFolder, cell.folder))).toBe(true)
})
