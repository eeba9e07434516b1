import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { probabilitiesOf } from "../../src/stages/probabilities.ts"
import { echo } from "../support/echo.ts"
import { useJavascriptEngine } from "../support/engine.ts"

beforeAll(useJavascriptEngine)

const { signal } = new AbortController()
/** Slices of 2 x 3 pixels, all of other values. */
const slices = (count: number) => Float32Array.from({ length: count * 6 }, (_, i) => i / 64)
const size = { rows: 2, columns: 3 }

describe("probabilitiesOf", () => {
  it.each([
    [1, [1, 1, 1, 1, 1]],
    [2, [2, 2, 1]],
    [5, [5]],
    [8, [5]],
  ])("gives those of every slice in order, in batches of at most %i", async (batchSize, batches) => {
    const shapes: (readonly number[])[] = []
    const given: unknown[] = []
    const network = echo((shape, params, state) => {
      shapes.push(shape)
      given.push([params, state])
    })
    const params = { a: tf.scalar(1) }
    const state = { b: tf.scalar(2) }
    const before = tf.memory().numTensors
    const found = await probabilitiesOf({ ...network, params, state }, slices(5), size, { batchSize, signal })
    expect(found).toEqual(slices(5))
    expect(shapes).toEqual(batches.map((count) => [count, 2, 3, 1]))
    expect(given).toEqual(batches.map(() => [params, state]))
    expect(tf.memory().numTensors).toBe(before)
  })

  it("is empty without slices", async () => {
    expect(await probabilitiesOf(echo(), slices(0), size, { batchSize: 2, signal })).toEqual(
      new Float32Array(0),
    )
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY])(
    "fails with the slices of the batch where one is %f",
    async (bad) => {
      const images = slices(5).with(6 * 3 + 5, bad)
      const before = tf.memory().numTensors
      await expect(probabilitiesOf(echo(), images, size, { batchSize: 2, signal })).rejects.toMatchObject({
        kind: "numerics",
        problems: [
          {
            message: "the network's output is not finite for slices 2..3",
            fix: "lower the learning rate, or clip the gradient",
          },
        ],
      })
      expect(tf.memory().numTensors).toBe(before)
    },
  )

  it("stops after the batch in which it is interrupted", async () => {
    const controller = new AbortController()
    let batches = 0
    const network = echo(() => {
      if (++batches === 2) controller.abort()
    })
    const options = { batchSize: 1, signal: controller.signal }
    await expect(probabilitiesOf(network, slices(5), size, options)).rejects.toMatchObject({
      kind: "interrupted",
    })
    expect(batches).toBe(2)
  })
})
