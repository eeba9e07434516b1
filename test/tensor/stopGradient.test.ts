import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { holdConstants, stopGradient } from "../../src/tensor/stopGradient.ts"
import { useJavascriptEngine } from "../support/engine.ts"

beforeAll(useJavascriptEngine)

const read = (x: tf.Tensor) => [...x.dataSync()]

describe("stopGradient", () => {
  it("is x itself, with no slope", () => {
    const x = tf.tensor1d([1, -2, 3])
    expect(read(stopGradient(x))).toEqual([1, -2, 3])
    const gradient = tf.grad((x: tf.Tensor) => tf.sum(tf.add(stopGradient(x), tf.mul(x, 5))))
    expect(read(gradient(x))).toEqual([5, 5, 5])
  })
})

describe("holdConstants", () => {
  /** x times a constant that is x, plus another that is its square. */
  const f = (x: tf.Tensor) => tf.add(tf.mul(x, stopGradient(x)), stopGradient(tf.square(x)))

  it("replays a function elsewhere with the constants of the recording, as often as asked", () => {
    tf.tidy(() => {
      holdConstants(({ record, replay }) => {
        // At 3: 3 x 3 + 9. At 5 with the constants of 3: 5 x 3 + 9.
        expect(read(record(() => f(tf.scalar(3))))).toEqual([18])
        expect(read(replay(() => f(tf.scalar(5))))).toEqual([24])
        expect(read(replay(() => f(tf.scalar(-1))))).toEqual([6])
      })
      expect(read(f(tf.scalar(5)))).toEqual([50])
    })
  })

  it("replays the last recording", () => {
    tf.tidy(() => {
      holdConstants(({ record, replay }) => {
        record(() => f(tf.scalar(3)))
        record(() => f(tf.scalar(2)))
        // 5 x 2 + 4
        expect(read(replay(() => f(tf.scalar(5))))).toEqual([14])
      })
    })
  })

  it("keeps the slopes of what is recorded and replayed those of a constant", () => {
    tf.tidy(() => {
      holdConstants(({ record, replay }) => {
        const slope = (x: number) => read(tf.grad((x) => f(x))(tf.scalar(x)))
        expect(record(() => slope(3))).toEqual([3])
        expect(replay(() => slope(5))).toEqual([3])
      })
    })
  })

  it("gives what it is asked for, and is over when that throws", () => {
    expect(holdConstants(({ record }) => record(() => 7))).toBe(7)
    tf.tidy(() => {
      const failing = () =>
        holdConstants(({ record }) =>
          record(() => {
            throw new Error("no value")
          }),
        )
      expect(failing).toThrow("no value")
      expect(read(f(tf.scalar(5)))).toEqual([50])
    })
  })

  it("leaves no tensors behind, recorded twice or not", () => {
    const before = tf.memory().numTensors
    holdConstants(({ record, replay }) => {
      for (const run of [record, record, replay]) tf.tidy(() => void run(() => f(tf.scalar(3))))
    })
    expect(tf.memory().numTensors).toBe(before)
  })
})
