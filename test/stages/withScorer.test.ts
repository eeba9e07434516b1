import { availableParallelism } from "node:os"
import { describe, expect, it } from "vitest"
import { packMask, unpackMask } from "../../src/data/dataset/packedMask.ts"
import { Failure } from "../../src/failure/failure.ts"
import type { Prediction } from "../../src/stages/scorePrediction.ts"
import { type Scorer, scoringThreads, withScorer } from "../../src/stages/withScorer.ts"
import { moduleBeside } from "../../src/system/threadPool.ts"
import { discs } from "../support/dataset.ts"
import { defaultScoring as scoring } from "../support/scoring.ts"

const { testCases } = discs({ test: 4, each: 3 })
const [first, second, third] = testCases.map(
  (of, i): Prediction => ({
    of,
    // Off by so many columns, so that every case has other scores.
    mask: packMask(unpackMask(of.expert).map((_, at, all) => all[at + i] ?? 0)),
  }),
)
const all = [first!, second!, third!]
const never = new AbortController().signal
const dying = moduleBeside(import.meta.url, "dyingScorer")
const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof Failure ? { kind: error.kind, ...error.problems[0] } : error),
  )

/** Of this process. */
const threadsRunning = () => (process.report.getReport() as unknown as { workers: unknown[] }).workers.length

describe("withScorer", () => {
  const scored = (threads: number) =>
    withScorer({ scoring, signal: never, threads }, (score) => Promise.all(all.map(score)))

  it("gives the same scores in threads as in this one, in the order in which they were asked for", async () => {
    const [here, there] = [await scored(0), await scored(2)]
    expect(there).toEqual(here)
    expect(here.map(({ slices }) => slices.map((slice) => [slice.case, slice.slice]))).toEqual(
      testCases.slice(0, 3).map(({ id }) => [0, 1, 2].map((slice) => [id, slice])),
    )
    expect(here[0]!.slices[0]!.values.dice).toBe(1)
    expect(here[1]!.slices[0]!.values.dice).toBeLessThan(1)
  })

  it.each([0, 1])("hands on what is wrong with a prediction, with %i threads", async (threads) => {
    const short = { of: first!.of, mask: packMask(new Uint8Array(5)) }
    const failed = withScorer({ scoring, signal: never, threads }, async (score) => {
      const [wrong, fine] = [score(short), score(first!)]
      expect((await fine).slices).toHaveLength(3)
      return wrong
    })
    await expect(failed).rejects.toThrow("prediction of case test_1: expected shape [3, 16, 16], got [5]")
  })

  it("names the case whose thread died, whenever it is waited for", async () => {
    const late = async (score: Scorer) => {
      const [died, fine] = [score(second!), score(first!)]
      expect((await fine).slices).toHaveLength(3)
      return died
    }
    const failed = await failureOf(withScorer({ scoring, signal: never, threads: 1, file: dying }, late))
    expect(failed).toMatchObject({
      kind: "environment",
      message: "the thread that scored the case died",
      path: "case test_2",
      found: "worker exited with code: 9",
      fix: "run the same command again, on a machine with more memory if it dies again",
    })
  })

  it.each([0, 1])("is interrupted at once, with %i threads", async (threads) => {
    const controller = new AbortController()
    const { signal } = controller
    const working = withScorer({ scoring, signal, threads, file: dying }, async (score) => {
      await score(first!)
      const waiting = [third!, first!].map(score)
      controller.abort()
      return Promise.all(waiting)
    })
    expect(await failureOf(working)).toMatchObject({ kind: "interrupted" })
  })

  it("throws what its user throws, and ends the threads", async () => {
    const bug = new Error("no more cases")
    const before = threadsRunning()
    let running = 0
    const working = withScorer({ scoring, signal: never, threads: 1, file: dying }, async (score) => {
      await score(first!)
      void score(third!)
      running = threadsRunning()
      throw bug
    })
    await expect(working).rejects.toBe(bug)
    // A thread's loader may have a thread of its own, which stays.
    expect(running).toBeGreaterThan(before)
    expect(threadsRunning()).toBeLessThan(running)
  })
})

describe("scoringThreads", () => {
  const cases = (count: number, slices: number) =>
    Array.from({ length: count }, () => ({
      geometry: { ...testCases[0]!.geometry, shape: [1372, 962, slices] as const },
    }))

  it("starts none for what is scored before a thread has started", () => {
    expect(scoringThreads(testCases)).toBe(0)
    expect(scoringThreads(cases(13, 30))).toBe(0)
  })

  it("starts one for every 2^29 voxels of all cases together, and no more than the machine runs at once", () => {
    const of = (...shapes: (readonly [number, number, number])[]) =>
      scoringThreads(shapes.map((shape) => ({ geometry: { ...testCases[0]!.geometry, shape } })))
    expect(of([32768, 16384, 1])).toBe(1)
    expect(of([233, 1103, 2089])).toBe(0) // 2^29 - 1
    expect(of([1024, 1024, 256], [512, 512, 1024])).toBe(1)
    expect(of([512, 512, 1023], [1024, 1024, 256])).toBe(0)
    const many = Array.from({ length: 5000 }, () => [32768, 16384, 1] as const)
    expect(of(...many)).toBe(availableParallelism())
  })

  it("starts no more than there are cases", () => {
    expect(scoringThreads(cases(1, 3000))).toBe(1)
    expect(scoringThreads(cases(20, 30))).toBeGreaterThanOrEqual(1)
  })
})
