import { existsSync } from "node:fs"
import { setTimeout } from "node:timers/promises"
import { describe, expect, it } from "vitest"
import { evaluate } from "../../src/commands/evaluate.ts"
import { interruptible } from "../../src/commands/interruptible.ts"
import { refusal } from "../data/support/refusal.ts"
import { drawn } from "../scoring/drawn.ts"
import { useFolder } from "../support/folder.ts"
import { evaluateCommand } from "./evaluateCommand.ts"

const write = useFolder()

describe("interruptible", () => {
  it("gives what the work gives, and leaves no handler behind", async () => {
    const before = process.listenerCount("SIGINT")
    expect(await interruptible(async () => 7, "interrupted")).toBe(7)
    expect(process.listenerCount("SIGINT")).toBe(before)
  })

  it("throws what the work throws", async () => {
    await expect(interruptible(() => Promise.reject(new Error("broken")), "interrupted")).rejects.toThrow(
      "broken",
    )
  })

  it.each(["SIGINT", "SIGTERM"] as const)("breaks off the work on %s", async (signal) => {
    const work = interruptible(async (aborted) => {
      while (!aborted.aborted) await setTimeout(1)
      aborted.throwIfAborted()
    }, "interrupted; nothing was written")
    process.emit(signal)
    expect(await refusal(work)).toMatchObject({
      kind: "interrupted",
      problems: [{ message: "interrupted; nothing was written", fix: "run the same command again" }],
    })
  })

  it("ends evaluate's threads, which then leaves no table", async () => {
    // Enough voxels for threads.
    const large = drawn(Array.from({ length: 66 }, () => Array.from({ length: 256 }, () => "#".repeat(256))))
    for (const side of ["p", "r"]) write(`${side}/a.nii`, large)
    const before = process.listenerCount("SIGINT")
    const scoring = evaluate(evaluateCommand({ csv: "out.csv" }), () => {})
    const ended = refusal(scoring)
    while (process.listenerCount("SIGINT") === before) await setTimeout(1)
    process.emit("SIGINT")
    expect((await ended).kind).toBe("interrupted")
    expect(existsSync("out.csv")).toBe(false)
  })
})
