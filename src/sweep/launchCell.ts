import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { createWriteStream } from "node:fs"
import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { Failure, failure, type Problem } from "../failure/failure.ts"
import type { CellEvent } from "../stages/events.ts"
import type { PlannedCell } from "./plan.ts"

export type LaunchResult =
  | { readonly tag: "done" }
  | { readonly tag: "failed"; readonly failure: Failure }
  | { readonly tag: "interrupted" }

export interface Launch {
  readonly runFolder: string
  readonly cell: PlannedCell
  /** Stop after the data are loaded and the reference rows are scored. */
  readonly loadOnly: boolean
  /** Record what takes the cell's time. */
  readonly profile: boolean
  /** Variables that the engine's library reads when its process starts. */
  readonly environment: Readonly<Record<string, string>>
  readonly onEvent: (event: CellEvent) => void
  /** Aborted: the child is asked to stop, and killed when it has not after a while. */
  readonly signal: AbortSignal
  /** What node is given to be losslab; what this process was given, unless told otherwise. */
  readonly losslab?: readonly string[]
}

const graceSeconds = 20

const parseEvent = (line: string): CellEvent | undefined => {
  try {
    const event = JSON.parse(line) as CellEvent
    return typeof event === "object" && event !== null && "event" in event ? event : undefined
  } catch {
    return undefined
  }
}

const died = (
  cell: PlannedCell,
  code: number | null,
  signal: NodeJS.Signals | null,
  stderrTail: string,
): Failure => {
  const how = signal === null ? `ended with code ${code} and no result` : `was killed by ${signal}`
  const tail = stderrTail.trim()
  return failure("environment", {
    path: `cell ${cell.label}`,
    message: `the cell's process ${how}`,
    ...(tail === "" ? {} : { found: tail }),
    fix:
      signal === "SIGKILL"
        ? "if nobody killed it, memory ran out: lower train.batchSize or load.size; then run the same command again"
        : `see ${cell.folder}/stderr.log; run the same command again to retry`,
  })
}

/** Stops a child when asked to: SIGTERM first, SIGKILL after a grace time. Returns what undoes the wiring. */
const stopOn = (signal: AbortSignal, child: ChildProcess): (() => void) => {
  let timer: NodeJS.Timeout | undefined
  const stop = () => {
    child.kill("SIGTERM")
    timer = setTimeout(() => child.kill("SIGKILL"), graceSeconds * 1000)
  }
  if (signal.aborted) stop()
  else signal.addEventListener("abort", stop, { once: true })
  return () => {
    clearTimeout(timer)
    signal.removeEventListener("abort", stop)
  }
}

/** Runs one cell in a process of its own and relays its events, which are mirrored to log.jsonl. */
export const launchCell = async (launch: Launch): Promise<LaunchResult> => {
  const folder = join(launch.runFolder, launch.cell.folder)
  await mkdir(folder, { recursive: true })
  const log = createWriteStream(join(folder, "log.jsonl"), { flags: "a" })
  const errors = createWriteStream(join(folder, "stderr.log"), { flags: "a" })
  const losslab = launch.losslab ?? [...process.execArgv, process.argv[1]!]
  const child = spawn(
    process.execPath,
    [
      ...losslab,
      "cell",
      "--plan",
      join(launch.runFolder, "plan.json"),
      "--index",
      String(launch.cell.index),
      "--supervised",
      ...(launch.loadOnly ? ["--load-only"] : []),
      ...(launch.profile ? ["--profile"] : []),
    ],
    // stdin stays open as long as the parent lives: its end tells the child that the parent is gone.
    { stdio: ["pipe", "pipe", "pipe"], env: { ...process.env, ...launch.environment } },
  )
  const undo = stopOn(launch.signal, child)
  let problems: { kind: Failure["kind"]; problems: readonly Problem[] } | undefined
  let finished = false
  const lines = createInterface({ input: child.stdout })
  lines.on("line", (line) => {
    log.write(`${line}\n`)
    const event = parseEvent(line)
    if (event === undefined) return
    if (event.event === "failed") problems = event
    if (event.event === "finished") finished = true
    launch.onEvent(event)
  })
  let stderrTail = ""
  child.stderr.on("data", (chunk: Buffer) => {
    errors.write(chunk)
    stderrTail = (stderrTail + chunk.toString("utf8")).slice(-400)
  })
  try {
    const [code, signal] = (await Promise.race([
      once(child, "close"),
      once(child, "error").then(([error]) => Promise.reject(error)),
    ])) as [number | null, NodeJS.Signals | null]
    if (code === 0 && finished) return { tag: "done" }
    if (problems?.kind === "interrupted" || launch.signal.aborted) return { tag: "interrupted" }
    if (problems !== undefined)
      return { tag: "failed", failure: new Failure(problems.kind, problems.problems) }
    return { tag: "failed", failure: died(launch.cell, code, signal, stderrTail) }
  } finally {
    undo()
    log.end()
    errors.end()
  }
}
