import { createRequire } from "node:module"
import { fileURLToPath, pathToFileURL } from "node:url"
import { Piscina } from "piscina"

/** Worker threads that all call one function, each with one task at a time. */
export interface ThreadPool<Task, Outcome> {
  /** Waits for a thread, then for what the function gives back; tasks begin in the order in which they were given.
   *  Throws what the function throws, ThreadDeath when its thread died (it is replaced), and the signal's reason once
   *  that is aborted. */
  readonly run: (task: Task) => Promise<Outcome>
  /** Ends the threads, whatever they do. */
  readonly close: () => Promise<void>
}

export interface ThreadPoolOptions {
  /** Module, and the name of its function: of one plain value, giving back one. */
  readonly file: URL
  readonly name: string
  readonly threads: number
  /** Ends the threads at once. */
  readonly signal: AbortSignal
}

/** A thread ended in the middle of a task: for want of memory, or by a crash. */
export class ThreadDeath extends Error {
  override readonly name = "ThreadDeath"
}

/** A module beside another, in the language that runs: TypeScript in src, JavaScript in dist.
 *  @param url import.meta.url of the other   @param name without the ending */
export const moduleBeside = (url: string, name: string): URL =>
  new URL(`./${name}.${url.endsWith(".ts") ? "ts" : "js"}`, url)

/** A pool whose threads start with the first task. */
export const threadPool = <Task, Outcome>(options: ThreadPoolOptions): ThreadPool<Task, Outcome> => {
  const { file, signal } = options
  let pool: Piscina<Task, Outcome> | undefined
  const close = async () => {
    signal.removeEventListener("abort", onAbort)
    await pool?.destroy()
  }
  const onAbort = () => void close()
  const started = (): Piscina<Task, Outcome> => {
    signal.addEventListener("abort", onAbort)
    return new Piscina<Task, Outcome>({
      filename: fileURLToPath(file),
      name: options.name,
      minThreads: options.threads,
      maxThreads: options.threads,
      execArgv: file.pathname.endsWith(".ts") ? ["--import", tsx()] : [],
    })
  }
  const run = async (task: Task): Promise<Outcome> => {
    signal.throwIfAborted()
    pool ??= started()
    try {
      return await pool.run(task)
    } catch (error) {
      signal.throwIfAborted()
      throw isDeath(error) ? new ThreadDeath((error as Error).message) : error
    }
  }
  return { run, close }
}

const tsx = (): string => pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href

const isDeath = (error: unknown): boolean => {
  const { code, message } = error as NodeJS.ErrnoException
  return code === "ERR_WORKER_OUT_OF_MEMORY" || /^worker exited/.test(message)
}
