import { spawn } from "node:child_process"
import { existsSync } from "node:fs"
import { join, resolve } from "node:path"
import { createInterface } from "node:readline"

const root = resolve(import.meta.dirname, "..")

/** A Python process that answers one JSON line with another. */
export interface Peer {
  /** What it said when it had started. */
  readonly versions: Readonly<Record<string, string>>
  readonly ask: <A = Readonly<Record<string, number>>>(command: unknown) => Promise<A>
  readonly end: () => void
}

/** The Python that has the peers: LOSSLAB_BENCH_PYTHON, or the checkout's .venv, or python3. */
export const pythonPath = (): string => {
  const own = join(root, ".venv", "bin", "python")
  return process.env.LOSSLAB_BENCH_PYTHON ?? (existsSync(own) ? own : "python3")
}

/** Starts a script of bench/peer. Throws an Error that says what to install when it cannot run. */
export const startPeer = async (script: string): Promise<Peer> => {
  const python = pythonPath()
  const fix = `install bench/peer/requirements.txt for a Python 3 and name it in LOSSLAB_BENCH_PYTHON, or do so in .venv:
  python3 -m venv .venv && .venv/bin/pip install -r bench/peer/requirements.txt`
  const child = spawn(python, [join(root, "bench", "peer", script)], { stdio: ["pipe", "pipe", "inherit"] })
  const failed = new Promise<never>((_, reject) => {
    child.once("error", (error) =>
      reject(new Error(`${python} cannot be started (${error.message}): ${fix}`)),
    )
    child.once("exit", (code) => reject(new Error(`${python} ended with code ${code}`)))
  })
  failed.catch(() => undefined) // it is looked at by whoever waits for an answer
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const answer = async (): Promise<unknown> => {
    const line = await Promise.race([lines.next(), failed])
    return line.done === true ? failed : JSON.parse(line.value)
  }
  const hello = (await answer()) as Readonly<Record<string, string>>
  if (hello.missing !== undefined) throw new Error(`${python} has no module ${hello.missing}: ${fix}`)
  return {
    versions: hello,
    // What the script answers is what its description says.
    ask: async <A>(command: unknown) => {
      child.stdin.write(`${JSON.stringify(command)}\n`)
      return (await answer()) as A
    },
    end: () => child.stdin.end(),
  }
}
