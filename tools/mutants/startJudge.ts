import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import { copyFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"
import type { Answer, Question } from "./judge.ts"
import { temporaryOf } from "./sandbox.ts"

export interface Judge {
  /** Undefined when the tests were not done within the limit, or ended the process that runs them. */
  readonly ask: (question: Question, limitMs: number) => Promise<Answer | undefined>
  readonly close: () => void
}

/** A process that runs tests in a sandbox; one that has ended or was killed is replaced by the next question.
 *  @param right a sandbox without a fault, from which a file is mended when its fault was left in the other */
export const startJudge = (right: string, sandbox: string): Judge => {
  let running: Promise<ChildProcess> | undefined
  let pid: number | undefined

  const start = async (): Promise<ChildProcess> => {
    // A group of its own, so that what the tests start ends with it.
    const child = fork(join(sandbox, "tools/mutants/judge.ts"), {
      cwd: sandbox,
      execArgv: ["--import", import.meta.resolve("tsx")],
      env: { ...process.env, CI: "true", NO_COLOR: "1", TMPDIR: temporaryOf(sandbox) },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      detached: true,
    })
    pid = child.pid
    await Promise.race([
      once(child, "message"),
      once(child, "exit").then(() => Promise.reject(new Error(`no tests can be run in ${sandbox}`))),
    ])
    return child
  }

  const close = (): void => {
    if (pid !== undefined)
      try {
        process.kill(-pid, "SIGKILL")
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error
      }
    running = undefined
    pid = undefined
  }

  return {
    ask: async (question, limitMs) => {
      running ??= start()
      const child = await running
      const waiting = new AbortController()
      const answered = once(child, "message", { signal: waiting.signal }).then(([answer]) => answer as Answer)
      const ended = once(child, "exit", { signal: waiting.signal }).then(() => undefined)
      const late = setTimeout(limitMs, undefined, { signal: waiting.signal })
      child.send(question)
      try {
        const answer = await Promise.race([answered, ended, late])
        if (answer === undefined) {
          close()
          if (question.fault !== null)
            copyFileSync(join(right, question.fault.file), join(sandbox, question.fault.file))
        }
        return answer
      } finally {
        for (const promise of [answered, ended, late]) promise.catch(() => {}) // aborted: nobody waits for them any more
        waiting.abort()
      }
    },
    close,
  }
}
