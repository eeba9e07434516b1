import { existsSync, readFileSync } from "node:fs"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { beforeEach } from "vitest"
import { openStore } from "../../src/pipeline/store.ts"
import { readJournal } from "../../src/sweep/journal.ts"
import type { PlannedCell } from "../../src/sweep/plan.ts"
import { type RunOptions, type RunOutcome, runPlan } from "../../src/sweep/runPlan.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"
import { actor } from "./actor.ts"
import { planOf } from "./plannedCell.ts"

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

interface Played {
  readonly outcome: RunOutcome
  /** What was told: "a: done in 0.0 s". */
  readonly told: readonly string[]
  /** "started a" */
  readonly journal: readonly string[]
}

export interface PlayedRun {
  /** A file of the run directory. */
  readonly at: (...path: readonly string[]) => string
  /** A file of the store. */
  readonly inStore: (...path: readonly string[]) => string
  /** Runs cells with scripts for their processes.
   *  @param parts what the process for "a" or "load a" does */
  readonly run: (
    cells: readonly PlannedCell[],
    parts?: Readonly<Record<string, string>>,
    more?: Partial<RunOptions>,
  ) => Promise<Played>
  /** The processes that were started, in order: "load a", "a". */
  readonly called: () => readonly string[]
  /** Puts what loading makes into the store, so that it needs no process. */
  readonly storeData: (stages?: readonly string[]) => Promise<void>
}

/** A run directory and a store for each test. */
export const usePlayedRun = (): PlayedRun => {
  let runFolder = ""
  let store = ""
  beforeEach(async () => {
    runFolder = await temporaryFolder()
    store = await temporaryFolder()
  })
  const at = (...path: readonly string[]) => join(runFolder, ...path)
  return {
    at,
    inStore: (...path) => join(store, ...path),
    called: () => (existsSync(at("called")) ? readFileSync(at("called"), "utf8").trimEnd().split("\n") : []),
    storeData: async (stages = ["load", "references"]) => {
      const { publish } = openStore(store, () => undefined)
      for (const stage of stages)
        await publish(stage, stage === "load" ? "data" : `data ${stage}`, (folder) =>
          writeFile(join(folder, "made"), stage),
        )
    },
    run: async (cells, parts = {}, more = {}) => {
      const plan = planOf(cells, store)
      await writeFile(at("plan.json"), JSON.stringify(plan))
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
      const journal = (await readJournal(at("journal.jsonl"))).map((entry) =>
        [entry.event, ...("cell" in entry ? [entry.cell] : [])].join(" "),
      )
      return { outcome, told, journal }
    },
  }
}
