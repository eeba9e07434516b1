import { describe, expect, it } from "vitest"
import { moduleBeside, ThreadDeath, threadPool } from "../../src/system/threadPool.ts"

const never = new AbortController().signal
const poolOf = (threads: number, signal = never) =>
  threadPool<string, string>({
    file: moduleBeside(import.meta.url, "threadTasks"),
    name: "act",
    threads,
    signal,
  })

describe("threadPool", () => {
  it("gives back what the function gives, task by task", async () => {
    const pool = poolOf(2)
    const outcomes = await Promise.all(["a", "b", "c"].map(pool.run))
    expect(outcomes).toEqual(["a done", "b done", "c done"])
    await pool.close()
  })

  it("tells the death of a thread from what its function throws, and replaces the thread", async () => {
    const pool = poolOf(1)
    const [died, threw, done] = await Promise.allSettled(["die", "throw", "a"].map(pool.run))
    expect(died).toMatchObject({ reason: new ThreadDeath("worker exited with code: 9") })
    expect(String((died as PromiseRejectedResult).reason)).toBe("ThreadDeath: worker exited with code: 9")
    expect(threw).toMatchObject({ reason: new TypeError("a bug") })
    expect(done).toMatchObject({ value: "a done" })
    await pool.close()
  })

  it("ends a thread in the middle of a task when it is interrupted, and starts no other", async () => {
    const controller = new AbortController()
    const pool = poolOf(1, controller.signal)
    await pool.run("a")
    const running = [pool.run("loop"), pool.run("b")]
    const reason = new Error("enough")
    setTimeout(() => controller.abort(reason), 50)
    expect(await Promise.allSettled(running)).toMatchObject([{ reason }, { reason }])
    await expect(pool.run("c")).rejects.toBe(reason)
    await pool.close()
  })

  it("is closed when what its threads did has ended", async () => {
    const pool = poolOf(1)
    const ends: string[] = []
    const running = pool.run("loop").catch(() => void ends.push("the task"))
    await pool.close()
    ends.push("the pool")
    await running
    expect(ends).toEqual(["the task", "the pool"])
  })

  it("can be closed before it was used", async () => {
    await expect(poolOf(1).close()).resolves.toBeUndefined()
  })
})
