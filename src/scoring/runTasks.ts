import { moduleBeside, ThreadDeath, threadPool } from "../system/threadPool.ts"
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
  signal.throwIfAborted()
  return outcomes
}

/** In so many worker threads, each with one task at a time, so that no more pairs than threads are in memory. An
 *  interruption ends the threads at once. A thread that dies takes its task with it, and is replaced.
 *  @param file whose `scoreTask` the threads call */
export const runInWorkers =
  (threads: number, file: URL = moduleBeside(import.meta.url, "scoreTask")): RunTasks =>
  async (tasks, onDone, signal) => {
    const pool = threadPool<ScoreTask, TaskOutcome>({ file, name: "scoreTask", threads, signal })
    const run = async (task: ScoreTask): Promise<TaskOutcome> => {
      const outcome = await pool.run(task).catch((error: unknown) => diedOf(error, task))
      onDone(task)
      return outcome
    }
    try {
      return await Promise.all(tasks.map(run))
    } finally {
      await pool.close()
    }
  }

/** What the end of its thread is to a task; any other error is thrown on. */
const diedOf = (error: unknown, { pair }: ScoreTask): TaskOutcome => {
  if (!(error instanceof ThreadDeath)) throw error
  return {
    kind: "environment",
    problems: [
      {
        message: "the thread that scored the case died",
        path: `case ${pair.case}`,
        found: error.message,
        fix: "use fewer --jobs, or a machine with more memory",
      },
    ],
  }
}
