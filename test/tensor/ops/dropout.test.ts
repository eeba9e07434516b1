import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { gradientCheck } from "../../../src/tensor/gradientCheck.ts"
import { dropout } from "../../../src/tensor/ops/dropout.ts"
import { statelessUniform } from "../../../src/tensor/ops/statelessUniform.ts"
import { useJavascriptEngine } from "../../support/engine.ts"

beforeAll(useJavascriptEngine)

const keyOf = (...words: [number, number]) => tf.tensor1d(words, "int32")

const dropped = (rate: number, count: number, key: [number, number] = [1, 2]): number[] =>
  tf.tidy(() => [...dropout(tf.ones([count]), rate, keyOf(...key)).dataSync()])

describe("dropout", () => {
  it("keeps what draws at least the rate, scaled by 1 / (1 - rate), and drops the rest", () => {
    // statelessUniform of the key [1, 2]: 0.844, 0.192, 0.996, 0.160, 0.272, 0.649.
    const kept = tf.tidy(() => [...dropout(tf.tensor1d([1, 2, -3, 4, 5, 6]), 0.25, keyOf(1, 2)).dataSync()])
    const third = Math.fround(4 / 3)
    expect(kept).toEqual([third, 0, Math.fround(-3 * third), 0, Math.fround(5 * third), 8])
  })

  it("keeps what draws the rate itself", () => {
    const rate = 7080492 / 2 ** 23 // what the key [1, 2] draws first
    expect(dropped(rate, 1)).toEqual([Math.fround(1 / (1 - rate))])
    expect(dropped(rate + 2 ** -23, 1)).toEqual([0])
  })

  it("drops the share of the rate, and keeps the mean", () => {
    // Of 4000 entries the share has a standard error of at most 0.008; the mean of ones is (1 - share) / (1 - rate).
    for (const rate of [0.1, 0.5, 0.9]) {
      const values = dropped(rate, 4000)
      const share = values.filter((value) => value === 0).length / 4000
      expect(Math.abs(share - rate)).toBeLessThan(0.025)
      const mean = values.reduce((sum, value) => sum + value) / 4000
      expect(mean).toBeCloseTo((1 - share) / (1 - rate), 5)
      expect(Math.abs(mean - 1)).toBeLessThan((3 * Math.sqrt(rate / (1 - rate))) / Math.sqrt(4000))
    }
  })

  it("drops by the key alone", () => {
    expect(dropped(0.5, 100)).toEqual(dropped(0.5, 100))
    expect(dropped(0.5, 100)).not.toEqual(dropped(0.5, 100, [1, 3]))
  })

  it("at rate 0 is the input itself", () => {
    const x = tf.tensor1d([1, Number.NaN])
    expect(dropout(x, 0, keyOf(1, 2))).toBe(x)
  })

  it("refuses a rate that drops all, or is none", () => {
    for (const rate of [1, -0.1, Number.NaN])
      expect(() => dropout(tf.ones([2]), rate, keyOf(1, 2))).toThrow(
        `dropout: rate must be in [0, 1), got ${rate}`,
      )
  })

  it("has a gradient with the mask of its value, and that of finite differences", () => {
    tf.tidy(() => {
      const key = keyOf(5, 6)
      const [x, weights] = [tf.linspace(-1, 1, 40), tf.linspace(2, -3, 40)]
      const gradient = tf.grad((x: tf.Tensor) => tf.sum(tf.mul(dropout(x, 0.4, key), weights)))(x)
      const mask = dropout(tf.ones([40]), 0.4, key)
      expect([...gradient.dataSync()]).toEqual([...tf.mul(mask, weights).dataSync()])
      const f = (x: tf.Tensor) => tf.sum(tf.square(dropout(x, 0.4, key))) as tf.Scalar
      const direction = tf.sign(tf.sub(statelessUniform(keyOf(7, 8), [40]), 0.5))
      expect(gradientCheck(f, x as tf.Tensor, direction).error).toBeLessThan(1e-4)
    })
  })

  it("leaves nothing behind but its result", () => {
    const [x, key] = [tf.ones([8]), keyOf(1, 2)]
    const before = tf.memory().numTensors
    const result = tf.tidy(() => dropout(x, 0.5, key))
    expect(tf.memory().numTensors).toBe(before + 1)
    result.dispose()
    tf.tidy(() => void tf.grad((x: tf.Tensor) => tf.sum(dropout(x, 0.5, key)))(x))
    expect(tf.memory().numTensors).toBe(before)
  })
})
