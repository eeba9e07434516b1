import { getEventListeners } from "node:events"
import { Piscina } from "piscina"
import { beforeEach, describe, expect, it, vi } from "vitest"
import { moduleBeside, ThreadDeath, threadPool } from "../../src/system/threadPool.ts"

const run = vi.fn()
const destroy = vi.fn()
vi.mock("piscina", () => ({
  Piscina: vi.fn(
    class {
      readonly run = run
      readonly destroy = destroy
    },
  ),
}))

beforeEach(() => {
  vi.clearAllMocks()
  run.mockResolvedValue("done")
})

const poolOf = (file: string, signal = new AbortController().signal) =>
  threadPool<string, string>({ file: new URL(file), name: "act", threads: 3, signal })

describe("moduleBeside", () => {
  it("is in the language of the module that it lies beside", () => {
    expect(moduleBeside("file:///a/src/x.ts", "y").href).toBe("file:///a/src/y.ts")
    expect(moduleBeside("file:///a/dist/x.js", "y").href).toBe("file:///a/dist/y.js")
  })
})

describe("threadPool", () => {
  it("starts one pool of so many threads, with tsx for TypeScript alone", async () => {
    const common = { name: "act", minThreads: 3, maxThreads: 3 }
    for (const [file, filename, execArgv] of [
      ["file:///a/tasks.ts", "/a/tasks.ts", ["--import", import.meta.resolve("tsx")]],
      ["file:///a/tasks.js", "/a/tasks.js", []],
    ] as const) {
      const pool = poolOf(file)
      await Promise.all(["a", "b"].map(pool.run))
      expect(Piscina).toHaveBeenCalledExactlyOnceWith({ ...common, filename, execArgv })
      vi.mocked(Piscina).mockClear()
    }
  })

  it("starts none for a task that comes after the interruption", async () => {
    const reason = new Error("enough")
    await expect(poolOf("file:///a.js", AbortSignal.abort(reason)).run("a")).rejects.toBe(reason)
    expect(Piscina).not.toHaveBeenCalled()
  })

  it("listens for the interruption until it is closed", async () => {
    const { signal } = new AbortController()
    const pool = poolOf("file:///a.js", signal)
    await pool.run("a")
    expect(getEventListeners(signal, "abort")).toHaveLength(1)
    await pool.close()
    expect(getEventListeners(signal, "abort")).toHaveLength(0)
    expect(destroy).toHaveBeenCalledOnce()
  })

  it("takes want of memory for the death of a thread, and no other error", async () => {
    const pool = poolOf("file:///a.js")
    const error = (code: string) => Object.assign(new Error("the heap is full"), { code })
    run.mockRejectedValueOnce(error("ERR_WORKER_OUT_OF_MEMORY"))
    await expect(pool.run("a")).rejects.toEqual(new ThreadDeath("the heap is full"))
    const other = error("ERR_OTHER")
    run.mockRejectedValueOnce(other)
    await expect(pool.run("a")).rejects.toBe(other)
  })
})
