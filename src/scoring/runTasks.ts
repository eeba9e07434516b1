import { createRequire } from "node:module"
import { fileURLToPath, pathToFileURL } from "node:url"
import { Piscina } from "piscina"
import { type ScoreTask, scoreTask, type TaskOutcome } from "./scoreTask.ts"

/** Runs tasks; outcomes are in the order of the tasks, whatever order they end in. */
export type RunTasks = (
  tasks: readonly ScoreTask[],
  onDone: (task: ScoreTask) => void,
  signal: AbortSignal,
) => Promise<readonly TaskOutcome[]>

/** One after the other, in this thread; an interruption waits for the end of the task. */
export const runHere: RunTasks = async (tasks, onDone, signal) => {
  const outcomes: TaskOutcome[] = []
  for (const task of tasks) {
    signal.throwIfAborted()
    outcomes.push(await scoreTask(task))
    onDone(task)
  }
  return outcomes
}

/** This module's neighbour, in the language that runs: TypeScript in src, JavaScript in dist. */
const isTypeScript = import.meta.url.endsWith(".ts")
const worker = new URL(`./scoreTask.${isTypeScript ? "ts" : "js"}`, import.meta.url)

/** In so many worker threads, each with one task at a time, so that no more pairs than threads are in memory. An
 *  interruption ends the threads at once. A thread that dies takes its task with it, and is replaced.
 *  @param file whose `scoreTask` the threads call */
export const runInWorkers =
  (threads: number, file: URL = worker): RunTasks =>
  async (tasks, onDone, signal) => {
    const pool = new Piscina<ScoreTask, TaskOutcome>({
      filename: fileURLToPath(file),
      name: "scoreTask",
      minThreads: threads,
      maxThreads: threads,
      execArgv: isTypeScript ? ["--import", tsx()] : [],
    })
    const run = async (task: ScoreTask): Promise<TaskOutcome> => {
      const outcome = await pool.run(task).catch((error: unknown) => diedOf(error, task))
      onDone(task)
      return outcome
    }
    try {
      return await Promise.race([Promise.all(tasks.map(run)), abortion(signal)])
    } finally {
      await pool.destroy()
    }
  }

const tsx = (): string => pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href

const abortion = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener("abort", () => reject(signal.reason), { once: true })
  })

/** What the end of its thread is to a task; any other error is thrown on. */
const diedOf = (error: unknown, { pair }: ScoreTask): TaskOutcome => {
  const { code, message } = error as NodeJS.ErrnoException
  if (code !== "ERR_WORKER_OUT_OF_MEMORY" && !/^worker exited/.test(message)) throw error
  return {
    kind: "environment",
    problems: [
      {
        message: "the thread that scored the case died",
        path: `case ${pair.case}`,
        found: message,
        fix: "use fewer --jobs, or a machine with more memory",
      },
    ],
  }
}
