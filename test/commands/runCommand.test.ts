import { existsSync, readdirSync, readFileSync } from "node:fs"
import { hostname } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { prepare } from "../../src/commands/prepare.ts"
import { run } from "../../src/commands/run.ts"
import { failure } from "../../src/failure/failure.ts"
import { readJournal } from "../../src/sweep/journal.ts"
import { type RunOptions, type RunOutcome, runPlan } from "../../src/sweep/runPlan.ts"
import { writeReport } from "../../src/sweep/writeReport.ts"
import { refusal } from "../data/support/refusal.ts"
import { useFolder } from "../support/folder.ts"
import { plannedCell, planOf } from "../sweep/plannedCell.ts"

vi.mock("../../src/commands/prepare.ts", () => ({ prepare: vi.fn() }))
vi.mock("../../src/sweep/runPlan.ts", () => ({ runPlan: vi.fn() }))
vi.mock("../../src/sweep/writeReport.ts", () => ({ writeReport: vi.fn() }))

const write = useFolder()

const plan = planOf(
  ["a", "b", "c"].map((label) => plannedCell(label)),
  "/store",
)
const { cells } = plan
const done: RunOutcome = { interrupted: false, failures: [] }

const signals = ["SIGINT", "SIGTERM"] as const
const handlers = new Map<string, readonly unknown[]>()
let stdout = ""
let stderr = ""
let passedOver: readonly { readonly name: string; readonly reason: string }[] = []
beforeEach(() => {
  ;[stdout, stderr, passedOver] = ["", "", []]
  for (const signal of signals) handlers.set(signal, process.listeners(signal))
  for (const name of ["stdout", "stderr"] as const)
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      if (name === "stdout") stdout += String(text)
      else stderr += String(text)
      return true
    })
  vi.mocked(prepare).mockImplementation(
    async () =>
      ({
        experiment: { name: "tiny" },
        plan,
        selection: {
          name: "javascript",
          passedOver,
          environment: { OWN: "1" },
          threads: 1,
          identity: "none",
        },
      }) as unknown as Awaited<ReturnType<typeof prepare>>,
  )
  vi.mocked(runPlan).mockResolvedValue(done)
  vi.mocked(writeReport).mockResolvedValue(undefined)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.clearAllMocks()
  // A run keeps its handlers to the end of its process.
  for (const signal of signals)
    for (const handler of process.listeners(signal))
      if (!handlers.get(signal)!.includes(handler)) process.off(signal, handler)
})

const started = (more: Partial<Parameters<typeof run>[0]> = {}): Promise<void> => {
  write("tiny.yaml", "name: tiny # as given\n")
  return run({ file: "tiny.yaml", sets: ["seed=7"], backend: "auto", profile: false, ...more })
}

const events = async () => (await readJournal("runs/tiny/journal.jsonl")).map(({ event }) => event)

/** What the parts of the run see while it is at work. */
const whileRunning = (look: (options: RunOptions) => void | Promise<void>, outcome = done): void =>
  void vi.mocked(runPlan).mockImplementation(async (options) => {
    await look(options)
    return outcome
  })

describe("run", () => {
  it("writes experiment and plan as they are before anything runs, then the report, and says where that is", async () => {
    let seen: readonly string[] = []
    whileRunning(({ runFolder }) => {
      seen = readdirSync(runFolder).sort()
      expect(readFileSync("runs/tiny/experiment.yaml", "utf8")).toBe("name: tiny # as given\n")
      expect(JSON.parse(readFileSync("runs/tiny/plan.json", "utf8"))).toEqual(plan)
      expect(vi.mocked(writeReport)).not.toHaveBeenCalled()
    })
    await started()
    expect(seen).toEqual([".lease", "cells", "experiment.yaml", "journal.jsonl", "plan.json"])
    expect(vi.mocked(writeReport).mock.calls).toEqual([[join(process.cwd(), "runs/tiny"), plan]])
    expect(stdout).toBe("runs/tiny/report/index.html\n")
    expect(stderr).toBe("")
    expect(await readJournal("runs/tiny/journal.jsonl")).toMatchObject([
      { event: "planned", cells: 3, command: "losslab run tiny.yaml" },
      { event: "reported" },
    ])
    expect(existsSync("runs/tiny/.lease")).toBe(false)
  })

  it("hands on what it is told, and records what is not the default", async () => {
    await started()
    expect(vi.mocked(prepare).mock.lastCall).toMatchObject([
      { file: "tiny.yaml", sets: ["seed=7"], extra: [] },
    ])
    expect(vi.mocked(runPlan).mock.lastCall).toMatchObject([
      { plan, runFolder: join(process.cwd(), "runs/tiny"), environment: { OWN: "1" }, profile: false },
    ])
    await started({ out: "else/where", backend: "javascript", profile: true })
    const extra = ["--out", "else/where", "--backend", "javascript", "--profile"]
    expect(vi.mocked(prepare).mock.lastCall).toMatchObject([{ backend: "javascript", extra }])
    expect(vi.mocked(runPlan).mock.lastCall).toMatchObject([
      { runFolder: join(process.cwd(), "else/where"), profile: true },
    ])
    expect(stdout).toMatch(/\nelse\/where\/report\/index\.html\n$/)
  })

  it("tells of profiles only when asked, and not those of cells that failed", async () => {
    await started()
    expect(stderr).toBe("")
    const failures = [{ cell: cells[0]!, failure: failure("numerics", { message: "the loss is NaN" }) }]
    vi.mocked(runPlan).mockResolvedValue({ interrupted: false, failures })
    await refusal(started({ profile: true }))
    expect(stderr).toContain("nothing was profiled of b, c: ")
  })

  it("warns of an engine that nobody asked for", async () => {
    passedOver = [{ name: "LOSSLAB_TENSORFLOW", reason: "no library" }]
    await started()
    expect(stderr).toMatch(
      /^warning: using the slow engine "javascript", .*LOSSLAB_TENSORFLOW: no library.*\n$/,
    )
  })

  it("does nothing in a directory where another works", async () => {
    const holder = { host: hostname(), pid: process.pid, startTicks: null, since: "2026" }
    write("runs/tiny/.lease", JSON.stringify(holder))
    expect((await refusal(started())).message).toBe("another losslab is running in this directory")
    expect(vi.mocked(runPlan)).not.toHaveBeenCalled()
    expect(readdirSync("runs/tiny").sort()).toEqual([".lease", "cells"])
  })

  it("refuses a directory that cannot be made before it takes it", async () => {
    write("runs/tiny", "a file")
    expect((await refusal(started())).problems).toMatchObject([
      { message: "the run directory cannot be written" },
    ])
  })

  it("gives the directory back when it breaks", async () => {
    vi.mocked(runPlan).mockRejectedValue(new Error("broken"))
    await expect(started()).rejects.toThrow("broken")
    expect(existsSync("runs/tiny/.lease")).toBe(false)
  })
})

describe("a run where cells fail", () => {
  const gone = failure("data", { message: "a case is gone", file: "a.nii" })
  const nan = failure("numerics", { message: "the loss is NaN" })

  it("reports, tells each cause once with its cells, and fails as the first", async () => {
    const failures = [
      { cell: cells[0]!, failure: gone },
      { cell: cells[1]!, failure: nan },
      { cell: cells[2]!, failure: gone },
    ]
    vi.mocked(runPlan).mockResolvedValue({ interrupted: false, failures })
    const { kind, problems } = await refusal(started())
    expect({ kind, problems }).toEqual({
      kind: "data",
      problems: [
        {
          message: "3 of 3 cells failed; the report names them",
          fix: "mend the cause and run the same command again: what is finished is kept",
        },
      ],
    })
    expect(stderr).toBe("\ncells a, c failed:\na.nii  a case is gone\n\ncell b failed:\nthe loss is NaN\n")
    expect(stdout).toBe("runs/tiny/report/index.html\n")
    expect(await events()).toEqual(["planned", "reported"])
  })

  it("counts those that failed", async () => {
    vi.mocked(runPlan).mockResolvedValue({
      interrupted: false,
      failures: [{ cell: cells[1]!, failure: nan }],
    })
    const failed = await refusal(started())
    expect(failed).toMatchObject({ kind: "numerics", message: "1 of 3 cells failed; the report names them" })
  })
})

describe("a run that is told to stop", () => {
  it.each(signals)("stops on %s, says so once, and reports nothing", async (signal) => {
    whileRunning(
      (options) => {
        expect(options.signal.aborted).toBe(false)
        process.emit(signal)
        expect(options.signal.aborted).toBe(true)
      },
      { interrupted: true, failures: [] },
    )
    const { kind, problems } = await refusal(started())
    expect(kind).toBe("interrupted")
    expect(problems[0]!.fix).toBe("run the same command again to continue: losslab run tiny.yaml")
    expect(stderr).toBe("\nstopping; what is finished is kept (Ctrl-C again stops at once)\n")
    expect(stdout).toBe("")
    expect(vi.mocked(writeReport)).not.toHaveBeenCalled()
    expect(await events()).toEqual(["planned"])
    expect(existsSync("runs/tiny/.lease")).toBe(false)
  })

  it("ends at once, with 75, when it is told again", async () => {
    const exit = vi.spyOn(process, "exit").mockImplementation(() => undefined as never)
    whileRunning(() => {
      process.emit("SIGINT")
      expect(exit).not.toHaveBeenCalled()
      process.emit("SIGTERM")
      expect(exit.mock.calls).toEqual([[75]])
    })
    await started()
  })

  it("makes nothing when that was while it planned", async () => {
    const usual = vi.mocked(prepare).getMockImplementation()!
    vi.mocked(prepare).mockImplementation((options) => {
      process.emit("SIGINT")
      return usual(options)
    })
    expect((await refusal(started())).kind).toBe("interrupted")
    expect(existsSync("runs")).toBe(false)
  })
})
