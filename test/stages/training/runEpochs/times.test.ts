import { afterEach, beforeAll, describe, expect, it, vi } from "vitest"
import type { Tracer } from "../../../../src/stages/tracer.ts"
import { expectClose } from "../../../support/close.ts"
import { useJavascriptEngine } from "../../../support/engine.ts"
import {
  checkpointsInMemory,
  type OneWeightTraining,
  oneWeightTraining,
  trained,
} from "../../../support/oneWeightTraining.ts"

beforeAll(useJavascriptEngine)

describe("the times of a training", () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })

  /** A clock that goes on only when it is told to. */
  const useClock = () => {
    let ms = 5000
    vi.spyOn(performance, "now").mockImplementation(() => ms)
    return (by: number) => {
      ms += by
    }
  }

  /** 3 slices in batches of 2: a step takes 240 ms, a batch 10 ms on its way to the engine, a validation 2 s and a
   *  checkpoint 3 s. What takes place between a step and the next batch belongs to the step. */
  const timed = (pass: (ms: number) => void, profilingMs = 0) => {
    const checkpoints = checkpointsInMemory()
    const slow = {
      ...checkpoints,
      read: () => {
        pass(7000)
        return checkpoints.read()
      },
      write: (checkpoint: Parameters<typeof checkpoints.write>[0]) => {
        pass(3000)
        return checkpoints.write(checkpoint)
      },
    }
    const profiled: string[] = []
    const tracer: Tracer = {
      begin: (name) => () => {
        if (name === "upload") pass(10)
      },
      operations: (of) => {
        profiled.push(of)
        pass(profilingMs)
        return profilingMs
      },
    }
    const onApply = (training: boolean) => {
      pass(training ? 240 : 2000)
    }
    const made = () => oneWeightTraining({ count: 3, onApply }, { epochs: 3 })
    return { checkpoints, profiled, run: (from = slow) => trained(made(), from, { tracer }) }
  }

  it.each([0, 400])(
    "are those of its steps, and of all since its start, without %i ms of profiling",
    async (ms) => {
      const { run, profiled } = timed(useClock(), ms)
      const { history, events } = await run()
      expect(profiled).toEqual(Array(6).fill("training step"))
      for (const { imagesPerSecond, waitingShare } of history.epochs) {
        // 3 images in two steps of 250 ms, of each of which the engine waits 10 ms.
        expectClose([imagesPerSecond, waitingShare], [6, 0.04], { relative: 1e-9 })
      }
      // An epoch: 2 steps and a validation, 2.5 s; then a checkpoint.
      expectClose(
        history.epochs.map(({ elapsedSeconds }) => elapsedSeconds),
        [2.5, 8, 13.5],
        { relative: 1e-9 },
      )
      const rates = events.flatMap((event) => (event.event === "step" ? [event.imagesPerSecond] : []))
      // 2 images after 250 ms, 3 after 500 ms.
      expectClose(rates, [8, 6, 8, 6, 8, 6], { relative: 1e-9 })
    },
  )

  it("go on where they stood when it is resumed", async () => {
    const { checkpoints, run } = timed(useClock())
    await run()
    const slow = (done: number) => checkpointsInMemory(checkpoints.written.slice(0, done))
    const elapsed = async (done: number) =>
      (await run(slow(done))).history.epochs.map(({ elapsedSeconds }) => elapsedSeconds)
    // The checkpoints of this one take no time; that after the last epoch done before is not counted either.
    expectClose(await elapsed(1), [2.5, 5, 7.5], { relative: 1e-9 })
    expectClose(await elapsed(2), [2.5, 8, 10.5], { relative: 1e-9 })
  })

  it("show how long the engine waits for samples that take longer than a step", async () => {
    const pass = useClock()
    const slowly = (
      _draws: unknown,
      sample: Parameters<NonNullable<OneWeightTraining["augmentations"]>[0]>[1],
    ) => {
      pass(100)
      return sample
    }
    const made = oneWeightTraining(
      { count: 3, augmentations: [slowly], onApply: (training) => pass(training ? 100 : 0) },
      { epochs: 1, batchSize: 3 },
    )
    // One batch: 300 ms until it is there, then a step of 100 ms.
    const { history } = await trained(made)
    expectClose(history.epochs[0]!.waitingShare, 0.75, { relative: 1e-9 })
  })
})
