import { setImmediate } from "node:timers/promises"
import { fc, test } from "@fast-check/vitest"
import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { polynomial } from "../../../../src/optimizers/schedules/polynomial.ts"
import { expectClose } from "../../../support/close.ts"
import { useJavascriptEngine } from "../../../support/engine.ts"
import { checkpointsInMemory, oneWeightTraining, trained } from "../../../support/oneWeightTraining.ts"

beforeAll(useJavascriptEngine)

const schedule = polynomial({ learningRate: 0.25, power: 2 })

describe("the history of a training", () => {
  const sizes = fc.record({
    count: fc.integer({ min: 1, max: 7 }),
    batchSize: fc.integer({ min: 1, max: 4 }),
    epochs: fc.integer({ min: 1, max: 4 }),
    seed: fc.nat(),
  })

  test.prop([sizes], { numRuns: 15 })(
    "is the loss of every slice, the last step's rate and the first step's gradient, resumed or not",
    async ({ count, ...options }) => {
      const made = () => oneWeightTraining({ count }, { ...options, schedule })
      const [whole, checkpoints] = [made(), checkpointsInMemory()]
      const { history, weights } = await trained(whole, checkpoints)

      // By hand: a batch of slices that show a, b, ... has the loss w m and the gradient m, their mean.
      let weight = 2
      const perEpoch = whole.stepsPerEpoch
      const sums = new Array<number>(options.epochs).fill(0)
      for (const [i, { slices }] of whole.seen.entries()) {
        const shown = slices.map(([, last]) => last)
        const mean = shown.reduce((a, b) => a + b) / shown.length
        for (const value of shown) sums[Math.floor(i / perEpoch)]! += weight * value
        weight -= schedule(i, whole.steps) * mean
      }
      expectClose(
        history.epochs.map(({ loss }) => loss),
        sums.map((sum) => sum / count),
        { absolute: 1e-4 },
      )
      expectClose(weights["params/weight"]!.data, [weight], { absolute: 1e-4 })
      const lastSteps = sums.map((_, epoch) => (epoch + 1) * perEpoch - 1)
      expect(history.epochs.map(({ learningRate }) => learningRate)).toEqual(
        lastSteps.map((step) => schedule(step, whole.steps)),
      )
      const first = whole.seen[0]!.slices.map(([, last]) => last)
      expectClose(history.gradientNormAtStart, first.reduce((a, b) => a + b) / first.length, {
        relative: 1e-6,
      })
      expect(history.epochs.map(({ epoch }) => epoch)).toEqual(sums.map((_, i) => i + 1))

      for (const done of checkpoints.written.keys()) {
        const before = checkpoints.written.slice(0, done + 1)
        const resumed = await trained(made(), checkpointsInMemory(before))
        const untimed = ({ epochs, ...rest }: typeof history) => ({
          ...rest,
          epochs: epochs.map(({ epoch, loss, learningRate, validationDice }) => [
            epoch,
            loss,
            learningRate,
            validationDice,
          ]),
        })
        expect(untimed(resumed.history)).toEqual(untimed(history))
        expect(resumed.weights).toEqual(weights)
        // What was done before is told as it was.
        expect(resumed.history.epochs.slice(0, done + 1)).toEqual(before[done]!.epochs)
      }
    },
  )

  it("counts the parameters of the network alone, without its state", async () => {
    const { history } = await trained(oneWeightTraining({}))
    expect(history.parameterCount).toBe(1)
  })

  it("is in every checkpoint, with the first step's gradient", async () => {
    const checkpoints = checkpointsInMemory()
    const { history } = await trained(oneWeightTraining({}, { epochs: 3 }), checkpoints)
    expect(checkpoints.written.map(({ epochs }) => epochs)).toEqual(
      [1, 2, 3].map((count) => history.epochs.slice(0, count)),
    )
    for (const { gradientNormAtStart } of checkpoints.written)
      expect(gradientNormAtStart).toBe(history.gradientNormAtStart)
  })
})

describe("what is told of a training", () => {
  it("is every step with its loss and the share done, and every epoch as in the history", async () => {
    const made = oneWeightTraining({ count: 3 }, { epochs: 2 })
    const { events, history } = await trained(made)
    const losses = made.seen.map(({ slices, weight }) => {
      const shown = slices.map(([, last]) => last)
      return weight * (shown.reduce((a, b) => a + b) / shown.length)
    })
    const step = (epoch: number, share: number, loss: number) => ({
      event: "step",
      epoch,
      epochs: 2,
      share,
      loss: expect.closeTo(loss, 5),
      imagesPerSecond: expect.any(Number),
    })
    expect(events).toEqual([
      step(1, 0.25, losses[0]!),
      step(1, 0.5, losses[1]!),
      { event: "epoch", epochs: 2, ...history.epochs[0]! },
      step(2, 0.75, losses[2]!),
      step(2, 1, losses[3]!),
      { event: "epoch", epochs: 2, ...history.epochs[1]! },
    ])
  })

  it("is an epoch once its checkpoint is written, and none whose checkpoint cannot be", async () => {
    const told: string[] = []
    const memory = checkpointsInMemory()
    const slow = {
      read: memory.read,
      write: async (checkpoint: Parameters<typeof memory.write>[0]) => {
        for (let turn = 0; turn < 5; turn++) await setImmediate()
        await memory.write(checkpoint)
        told.push(`written ${checkpoint.epochs.length}`)
      },
    }
    await trained(oneWeightTraining({}), slow, {
      onEvent: (event) => {
        if (event.event === "epoch") told.push(`told ${event.epoch}`)
      },
    })
    expect(told).toEqual(["written 1", "told 1", "written 2", "told 2"])

    const full = new Error("no space left")
    const failing = { read: memory.read, write: () => Promise.reject(full) }
    const events: string[] = []
    const training = trained(oneWeightTraining({}, { epochs: 3 }), failing, {
      onEvent: ({ event }) => void events.push(event),
    })
    await expect(training).rejects.toBe(full)
    expect(events).not.toContain("epoch")
  })

  it("is that it goes on, and after which epoch", async () => {
    const checkpoints = checkpointsInMemory()
    await trained(oneWeightTraining({}, { epochs: 3 }), checkpoints)
    const resumed = await trained(
      oneWeightTraining({}, { epochs: 3 }),
      checkpointsInMemory(checkpoints.written.slice(0, 2)),
    )
    expect(resumed.events[0]).toEqual({ event: "resumed", epoch: 2 })
    expect(resumed.events.filter(({ event }) => event === "epoch")).toHaveLength(1)
    const again = await trained(oneWeightTraining({}, { epochs: 3 }), checkpoints)
    expect(again.events).toEqual([{ event: "resumed", epoch: 3 }])
  })

  it("leaves no tensors behind, resumed or not", async () => {
    const checkpoints = checkpointsInMemory()
    const before = tf.memory().numTensors
    await trained(oneWeightTraining({}), checkpoints)
    await trained(oneWeightTraining({}), checkpointsInMemory(checkpoints.written.slice(0, 1)))
    expect(tf.memory().numTensors).toBe(before)
  })
})
