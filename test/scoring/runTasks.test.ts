import { describe, expect, it } from "vitest"
import { checkPairs } from "../../src/scoring/checkPairs.ts"
import type { Pair } from "../../src/scoring/pairFiles.ts"
import { runHere, runInWorkers } from "../../src/scoring/runTasks.ts"
import type { ScoreTask } from "../../src/scoring/scoreTask.ts"
import { useFolder } from "../support/folder.ts"
import { drawn } from "./drawn.ts"
import { allMetrics } from "./options.ts"

const write = useFolder()
const never = new AbortController().signal
const dying = new URL("./dyingWorker.ts", import.meta.url)

/** Of one reference each. */
const tasksOf = async (cases: Readonly<Record<string, Uint8Array>>): Promise<ScoreTask[]> => {
  const pairs = Object.entries(cases).map(([name, bytes]): Pair => {
    const [prediction, reference] = ["p", "r"].map((side) => `${side}/${name}.nii`)
    write(reference!, drawn([["##."], [".##"]]))
    return { case: name, prediction: write(prediction!, bytes), reference: reference! }
  })
  return (await checkPairs(pairs, { agreement: "geometry", pngSpacingMm: null })).pairs.map((pair) => ({
    pair,
    options: allMetrics,
  }))
}

const [one, other] = [drawn([["#.."], ["..#"]]), drawn([["..."], [".#."]])]

describe("runInWorkers", () => {
  it("gives what this thread gives, in the order of the tasks", async () => {
    const tasks = await tasksOf({ a: one, b: other, c: one, d: drawn([["012"], ["345"]]), e: other })
    const done: string[] = []
    const outcomes = await runInWorkers(2)(tasks, ({ pair }) => done.push(pair.case), never)
    expect(outcomes).toEqual(await runHere(tasks, () => {}, never))
    expect(
      outcomes.map((outcome) => ("score" in outcome ? outcome.score.case : outcome.problems[0]!.path)),
    ).toEqual([...["a", "b", "c", "case d", "e"]])
    expect(done.sort()).toEqual(["a", "b", "c", "d", "e"])
  })

  it("names the case whose thread died, and goes on with the others", async () => {
    const outcomes = await runInWorkers(1, dying)(await tasksOf({ a: one, b: one, d: one }), () => {}, never)
    expect(outcomes).toMatchObject([
      { score: { case: "a" } },
      {
        kind: "environment",
        problems: [
          {
            message: "the thread that scored the case died",
            path: "case b",
            found: "worker exited with code: 9",
          },
        ],
      },
      { score: { case: "d" } },
    ])
  })

  it("throws on what is a bug", async () => {
    const tasks = await tasksOf({ c: one })
    await expect(runInWorkers(1, dying)(tasks, () => {}, never)).rejects.toThrow(new TypeError("a bug"))
  })

  it("ends at once when it is interrupted", async () => {
    const tasks = await tasksOf({ a: one })
    const reason = new Error("enough")
    await expect(runInWorkers(1)(tasks, () => {}, AbortSignal.abort(reason))).rejects.toBe(reason)
    const controller = new AbortController()
    const running = runInWorkers(1)(tasks, () => {}, controller.signal)
    controller.abort(reason)
    await expect(running).rejects.toBe(reason)
  })
})

describe("runHere", () => {
  it("stops between tasks when it is interrupted", async () => {
    const controller = new AbortController()
    const done: string[] = []
    const running = runHere(
      await tasksOf({ a: one, b: one }),
      ({ pair }) => {
        done.push(pair.case)
        controller.abort(new Error("enough"))
      },
      controller.signal,
    )
    await expect(running).rejects.toThrow("enough")
    expect(done).toEqual(["a"])
  })
})
