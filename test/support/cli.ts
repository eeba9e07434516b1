import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { readdirSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"
import { fileURLToPath, pathToFileURL } from "node:url"
import { onTestFinished, vi } from "vitest"

// A process takes seconds to start where the processor is busy, and a run starts two or three, one after the other. What
// never ends is stopped all the same. (The reference pages are made with this file, too, and without vitest.)
if (process.env.VITEST !== undefined) vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 })

/** What a process left behind. */
export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Cli {
  readonly process: ChildProcess
  readonly ended: Promise<Ended>
  /** Waits for words on stderr; the end of the process without them is an error. */
  readonly says: (words: string | RegExp) => Promise<void>
}

const main = fileURLToPath(new URL("../../src/main.ts", import.meta.url))
const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href

/** What node is given to be losslab, in any folder. */
export const mainArguments: readonly string[] = ["--import", tsx, main]

const environment: NodeJS.ProcessEnv = { ...process.env }
// Of vitest, of whoever runs it, and of what these tests are about.
for (const name of Object.keys(environment))
  if (/^(VITEST|LOSSLAB_|NODE_OPTIONS|NODE_ENV|NO_COLOR|FORCE_COLOR)/.test(name)) delete environment[name]

type Start<A> = (cwd: string, args: readonly string[], env?: Readonly<Record<string, string>>) => A

const start: Start<Cli> = (cwd, args, env = {}) => {
  const child = spawn(process.execPath, [...mainArguments, ...args], {
    cwd,
    env: { ...environment, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  })
  let stdout = ""
  let stderr = ""
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text
  })
  const ended = once(child, "close").then(
    ([code]): Ended => ({ code: code as number | null, stdout, stderr }),
  )
  const says = async (words: string | RegExp): Promise<void> => {
    while (stderr.search(words) < 0) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`the command ended without saying ${words}:\n${stderr}`)
      await Promise.race([once(child.stderr, "data"), ended])
    }
  }
  return { process: child, ended, says }
}

/** Runs the real command line in a folder, to its end. */
export const cli: Start<Promise<Ended>> = (cwd, args, env) => start(cwd, args, env).ended

/** Starts the real command line in a folder; it is killed when the test is over. */
export const startCli: Start<Cli> = (cwd, args, env) => {
  const running = start(cwd, args, env)
  onTestFinished(() => void running.process.kill("SIGKILL"))
  return running
}

/** The live children of a process (Linux). */
export const childrenOf = (pid: number): number[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => statusOf(name)?.parent === pid)
    .map(Number)

/** Whether a process runs; one that ended and that nobody has waited for does not. */
export const isAlive = (pid: number): boolean => {
  const state = statusOf(String(pid))?.state
  return state !== undefined && state !== "Z"
}

/** Resolves when the process has ended: a test that waits for one that does not fails by its limit. */
export const hasEnded = async (pid: number): Promise<void> => {
  while (isAlive(pid)) await setTimeout(50)
}

const statusOf = (pid: string): { readonly state: string; readonly parent: number } | undefined => {
  try {
    const stat = readFileSync(join("/proc", pid, "stat"), "utf8")
    const [state = "", parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
    return { state, parent: Number(parent) }
  } catch {
    return undefined // it ended in the meantime
  }
}
