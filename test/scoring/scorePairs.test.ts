import { beforeEach, describe, expect, it, vi } from "vitest"
import { failure } from "../../src/failure/failure.ts"
import { type CheckedPair, checkPairs } from "../../src/scoring/checkPairs.ts"
import type { Pair } from "../../src/scoring/pairFiles.ts"
import { runHere, runInWorkers } from "../../src/scoring/runTasks.ts"
import { type ScoringOptions, scorePair } from "../../src/scoring/scorePair.ts"
import { scorePairs } from "../../src/scoring/scorePairs.ts"
import { refusal } from "../data/support/refusal.ts"
import { useFolder } from "../support/folder.ts"
import { drawn } from "./drawn.ts"
import { allMetrics } from "./options.ts"

// As they are, unless a test says otherwise; only that no thread is started.
vi.mock(import("../../src/scoring/scorePair.ts"), async (importOriginal) => {
  const original = await importOriginal()
  return { ...original, scorePair: vi.fn(original.scorePair) }
})
vi.mock(import("../../src/scoring/runTasks.ts"), async (importOriginal) => {
  const original = await importOriginal()
  return { ...original, runHere: vi.fn(original.runHere), runInWorkers: vi.fn(() => async () => []) }
})

const write = useFolder()

beforeEach(() => {
  vi.clearAllMocks()
})

const scores = async (
  predictions: Readonly<Record<string, Uint8Array>>,
  options: Partial<ScoringOptions> = {},
  onDone: (name: string) => void = () => {},
) => {
  const files = Object.entries(predictions).map(
    ([name, bytes]): Pair => ({
      case: name,
      prediction: write(`p/${name}.nii`, bytes),
      reference: write(`r/${name}.nii`, drawn([["##.."]])),
    }),
  )
  const { pairs } = await checkPairs(files, { agreement: "geometry", pngSpacingMm: null })
  return scorePairs(pairs, {
    options: { ...allMetrics, ...options },
    jobs: 2,
    onDone: (pair) => onDone(pair.case),
    signal: new AbortController().signal,
  })
}

const good = drawn([["#..."]])

describe("scorePairs", () => {
  it("scores every pair and says which is done", async () => {
    const done: string[] = []
    const found = await scores({ a: good, b: drawn([["##.."]]) }, {}, (name) => done.push(name))
    expect(found.map((score) => [score.case, score.values.dice])).toEqual([
      ["a", 2 / 3],
      ["b", 1],
    ])
    expect(done).toEqual(["a", "b"])
  })

  it("tells the problems of all pairs after it has read all of them", async () => {
    const half = drawn([["#..."]], { scaling: [0.5, 0] })
    const done: string[] = []
    const { kind, problems } = await refusal(
      scores({ a: half, b: good, c: drawn([["012."]]) }, {}, (name) => done.push(name)),
    )
    expect(kind).toBe("data")
    expect(problems).toMatchObject([
      { message: "the mask holds fractions", file: "p/a.nii", path: "case a" },
      { message: "the mask holds more than 0 and one other value", file: "p/c.nii", path: "case c" },
    ])
    expect(done).toEqual(["a", "b", "c"])
  })

  it("scores nothing when one pair of many cannot be scored", async () => {
    const { problems } = await refusal(scores({ a: good, b: drawn([["012."]]), c: good }))
    expect(problems.map(({ path }) => path)).toEqual(["case b"])
  })

  it("refuses labels that no mask has, and masks that do not agree on theirs", async () => {
    const { kind, problems } = await refusal(scores({ a: good }, { labels: [1, 2] }))
    expect(kind).toBe("data")
    expect(problems).toMatchObject([{ message: "no mask holds the label 2" }])
    const other = drawn([["2..."]])
    expect((await refusal(scores({ a: good, b: other }))).problems).toMatchObject([
      { found: "1 in a; 2 in b" },
    ])
  })
  it("gives the scores in the order of the pairs", async () => {
    const both = { a: good, b: drawn([["##.."]]) }
    const back = await scores({ b: both.b, a: both.a })
    expect(back).toEqual([...(await scores(both))].reverse())
    expect(back.map((score) => score.case)).toEqual(["b", "a"])
  })

  it.each([
    ["environment", ["full", "torn"], ["no memory", "no end"]],
    ["data", ["torn", "full"], ["no end", "no memory"]],
  ])("fails as the first pair did, with the problems of all: %s", async (kind, names, messages) => {
    vi.mocked(scorePair).mockImplementation(async (pair) => {
      throw pair.case === "full"
        ? failure("environment", { message: "no memory" })
        : failure("data", { message: "no end" })
    })
    const failed = await refusal(scores(Object.fromEntries(names.map((name) => [name, good]))))
    expect(failed.kind).toBe(kind)
    expect(failed.problems.map(({ message }) => message)).toEqual(messages)
  })
})

describe("scorePairs, of large masks", () => {
  const signal = new AbortController().signal
  const onDone = vi.fn()
  const pairOf = (...shape: readonly [number, number, number]) =>
    ({ case: shape.join(), geometry: { shape } }) as unknown as CheckedPair
  const run = (pairs: readonly CheckedPair[], jobs: number) =>
    scorePairs(pairs, { options: { ...allMetrics, labels: null }, jobs, onDone, signal })

  beforeEach(() => {
    vi.mocked(runHere).mockResolvedValue([])
  })

  it("starts threads for more than 2^22 voxels of all pairs together, and none for fewer", async () => {
    await run([pairOf(256, 128, 64), pairOf(128, 128, 128)], 2)
    expect(runInWorkers).not.toHaveBeenCalled()
    expect(runHere).toHaveBeenCalledTimes(1)
    await run([pairOf(256, 128, 64), pairOf(128, 128, 128), pairOf(1, 1, 1)], 2)
    expect(runInWorkers).toHaveBeenCalledTimes(1)
    expect(runHere).toHaveBeenCalledTimes(1)
  })

  it("starts as many threads as were asked for, but no more than there are pairs", async () => {
    const large = pairOf(512, 512, 64)
    for (const [pairs, jobs] of [
      [3, 2],
      [3, 5],
      [1, 5],
    ] as const)
      await run(new Array(pairs).fill(large), jobs)
    expect(vi.mocked(runInWorkers).mock.calls.map(([threads]) => threads)).toEqual([2, 3, 1])
  })

  it("hands on every pair with the options, says which is done, and can be interrupted", async () => {
    const pairs = [pairOf(2, 2, 2), pairOf(3, 3, 3)]
    await run(pairs, 1)
    const [tasks, done, given] = vi.mocked(runHere).mock.calls[0]!
    expect(tasks).toEqual(pairs.map((pair) => ({ pair, options: allMetrics })))
    done(tasks[1]!)
    expect(onDone.mock.calls).toEqual([[pairs[1]]])
    expect(given).toBe(signal)
  })
})
