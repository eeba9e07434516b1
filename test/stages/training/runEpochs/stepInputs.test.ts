import { fc, test } from "@fast-check/vitest"
import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import type { Augmentation } from "../../../../src/augmentations/augmentation.ts"
import type { Objective } from "../../../../src/losses/objective.ts"
import type { Schedule } from "../../../../src/optimizers/transform.ts"
import { rootKey } from "../../../../src/tensor/randomKey.ts"
import { useJavascriptEngine } from "../../../support/engine.ts"
import { checkpointsInMemory, oneWeightTraining, trained } from "../../../support/oneWeightTraining.ts"

beforeAll(useJavascriptEngine)

/** Writes what it draws into the first pixel. */
const drawn: Augmentation = (draws, sample) => ({ ...sample, image: sample.image.with(0, draws.uniform()) })

/** Another rate at every step, exact in float32. */
const schedule: Schedule = (step, steps) => step / 64 + steps

interface Given {
  readonly count: number
  readonly batchSize: number
  readonly epochs: number
  readonly seed: number
}

const given: fc.Arbitrary<Given> = fc.record({
  count: fc.integer({ min: 1, max: 7 }),
  batchSize: fc.integer({ min: 1, max: 4 }),
  epochs: fc.integer({ min: 2, max: 4 }),
  seed: fc.nat(),
})

/** What every step is to be given, from the definitions: the epoch's order, cut into batches; a slice's draws, which
 *  are the epoch's and its own; and what counts the steps of the whole training. */
const expectedSteps = ({ count, batchSize, epochs, seed }: Given) => {
  const key = rootKey(seed)
  const perEpoch = Math.ceil(count / batchSize)
  const steps = perEpoch * epochs
  return Array.from({ length: steps }, (_, done) => {
    const epoch = 1 + Math.floor(done / perEpoch)
    const order = key
      .child("epoch", epoch)
      .draws()
      .shuffle([...Array(count).keys()])
    const first = (done % perEpoch) * batchSize
    const slices = order.slice(first, first + batchSize)
    const ofSlice = (i: number) =>
      key
        .child("epoch", epoch)
        .child("case", `case_${i >> 1}`, i & 1)
        .draws()
    return {
      slices: slices.map((i) => [Math.fround(ofSlice(i).uniform()), i + 1]),
      masks: slices.map((i) => i + 1),
      progress: Math.fround(done / steps),
      key: [...key.child("step", done).seedPair()],
      learningRate: done / 64 + steps,
      step: done + 1,
    }
  })
}

const training = ({ count, batchSize, epochs, seed }: Given) =>
  oneWeightTraining({ count, augmentations: [drawn] }, { batchSize, epochs, seed, schedule })

/** What the steps of a training were given, without the weight that they started from. */
const seenBy = async (of: Given, checkpoints = checkpointsInMemory()) => {
  const made = training(of)
  await trained(made, checkpoints)
  return made.seen.map(({ weight: _, ...rest }) => rest)
}

describe("a step of training", () => {
  test.prop([given], { numRuns: 15 })(
    "is given its slices, draws, progress, key, rate and number, after whichever epoch the training goes on",
    async (of) => {
      const expected = expectedSteps(of)
      const whole = checkpointsInMemory()
      expect(await seenBy(of, whole)).toEqual(expected)
      for (let done = 1; done < of.epochs; done++) {
        const resumed = await seenBy(of, checkpointsInMemory(whole.written.slice(0, done)))
        expect(resumed, `after epoch ${done}`).toEqual(
          expected.slice(done * Math.ceil(of.count / of.batchSize)),
        )
      }
    },
  )

  test.prop([given, fc.nat()], { numRuns: 8 })(
    "is given the same again when the training was stopped in the middle of its epoch",
    async (of, place) => {
      const expected = expectedSteps(of)
      const last = 1 + (place % expected.length)
      const [stopped, checkpoints] = [training(of), checkpointsInMemory()]
      let steps = 0
      const stopping = trained(stopped, checkpoints, {
        onEvent: ({ event }, stop) => {
          if (event === "step" && ++steps === last) stop()
        },
      })
      await expect(stopping).rejects.toMatchObject({ kind: "interrupted" })
      expect(stopped.seen).toHaveLength(last)
      // What the unfinished epoch did is lost, and done again.
      const perEpoch = Math.ceil(of.count / of.batchSize)
      expect(checkpoints.written).toHaveLength(Math.floor((last - 1) / perEpoch))
      const kept = checkpoints.written.length * perEpoch
      expect(await seenBy(of, checkpoints)).toEqual(expected.slice(kept))
    },
  )

  it("is given every slice once an epoch, in another order, with other draws and another key", async () => {
    const seen = await seenBy({ count: 7, batchSize: 3, epochs: 3, seed: 1 })
    const epochs = [0, 3, 6].map((first) => seen.slice(first, first + 3).flatMap(({ slices }) => slices))
    const orders = epochs.map((slices) => slices.map(([, last]) => last))
    for (const order of orders) expect(order.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(new Set(orders.map(String)).size).toBe(3)
    expect(new Set(epochs.flat().map(([first]) => first)).size).toBe(21)
    expect(new Set(seen.map(({ key }) => String(key))).size).toBe(9)
  })

  it("is given the second masks and the distances that the objective needs", async () => {
    const given: string[] = []
    const objective: Objective = {
      needs: { second: true, distance: true },
      init: () => ({}),
      apply: (_params, [logits], [truth]) => {
        const [slices] = logits!.shape
        const sums = [truth!.mask, truth!.second!].map((masks) => tf.sum(masks).dataSync()[0]! / slices)
        const outside = tf.sum(tf.cast(tf.greater(truth!.distance!, 0), "float32")).dataSync()[0]!
        given.push([...sums, outside].join(" "))
        return tf.mean(logits!)
      },
    }
    await trained(oneWeightTraining({ count: 1 }, { objective, epochs: 1 }))
    // The first slice has one pixel of 8 x 8, its second annotator two.
    expect(given).toEqual(["1 2 63"])
  })

  it("has its samples made one in each turn of the event loop", async () => {
    let turn = 0
    const turns: number[] = []
    const watched: Augmentation = (_draws, sample) => {
      turns.push(turn)
      setImmediate(() => {
        turn++
      })
      return sample
    }
    // One batch of four: whatever else waits for a turn, a signal say, has it in between.
    await trained(oneWeightTraining({ count: 4, augmentations: [watched] }, { batchSize: 4, epochs: 1 }))
    expect(turns).toEqual([0, 1, 2, 3])
  })
})
