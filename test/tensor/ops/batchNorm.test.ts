import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { gradientCheck } from "../../../src/tensor/gradientCheck.ts"
import { batchNorm, batchNormInference } from "../../../src/tensor/ops/batchNorm.ts"
import { ShapeError } from "../../../src/tensor/shape.ts"
import { useJavascriptEngine } from "../../support/engine.ts"

beforeAll(useJavascriptEngine)

const x4 = (values: number[], channels: number) =>
  tf.tensor4d(values, [1, 1, values.length / channels, channels])

describe("batchNorm", () => {
  it("normalises by the batch's moments and returns the unbiased variance", () => {
    // mean (1 + 3 + 5 + 7) / 4 = 4, squares 9 + 1 + 1 + 9 = 20: biased 5, unbiased 20 / 3.
    // epsilon 4 makes the root sqrt(9) = 3; scale 6 and offset 1 give 2 (x - 4) + 1.
    const { y, mean, variance } = batchNorm(x4([1, 3, 5, 7], 1), tf.tensor1d([6]), tf.tensor1d([1]), 4)
    expect([...y.dataSync()].map((v) => Math.round(v * 1e5) / 1e5)).toEqual([-5, -1, 3, 7])
    expect(mean.dataSync()[0]).toBe(4)
    expect(variance.dataSync()[0]).toBeCloseTo(20 / 3, 5)
  })

  it("keeps channels apart", () => {
    const { y } = batchNorm(x4([0, 5, 2, 5], 2), tf.tensor1d([1, 1]), tf.tensor1d([0, 9]), 1e-12)
    expect([...y.dataSync()].map((v) => Math.round(v * 1e4) / 1e4)).toEqual([-1, 9, 1, 9])
  })

  it("equals inference with its own biased moments", () => {
    const x = tf.randomNormal([2, 3, 4, 2], 1, 2, "float32", 3) as tf.Tensor4D
    const scale = tf.tensor1d([0.5, 2])
    const offset = tf.tensor1d([1, -1])
    const { y, mean, variance } = batchNorm(x, scale, offset, 0.1)
    const biased = tf.mul(variance, 23 / 24) as tf.Tensor1D
    const again = batchNormInference(x, scale, offset, mean, biased, 0.1)
    expect(tf.max(tf.abs(tf.sub(y, again))).dataSync()[0]).toBeLessThan(1e-5)
  })

  it("divides the squares of two values by one", () => {
    const one = tf.tensor1d([1])
    expect(batchNorm(x4([1, 3], 1), one, one, 1e-5).variance.dataSync()[0]).toBe(2)
  })

  it("gives the offset and the variance 0 where a channel has a single value", () => {
    const { y, mean, variance } = batchNorm(x4([7, -3], 2), tf.tensor1d([2, 2]), tf.tensor1d([5, 6]), 1e-5)
    expect([y, mean, variance].map((found) => [...found.dataSync()])).toEqual([
      [5, 6],
      [7, -3],
      [0, 0],
    ])
  })

  it("keeps mean and variance constant with respect to the gradient", () => {
    const one = tf.tensor1d([1])
    const moments = (x: tf.Tensor) => {
      const { y, mean, variance } = batchNorm(x as tf.Tensor4D, one, one, 1)
      return tf.add(tf.sum(tf.mul(y, 0)), tf.sum(tf.add(mean, variance)))
    }
    expect([
      ...tf
        .grad(moments)(x4([1, 3], 1))
        .dataSync(),
    ]).toEqual([0, 0])
  })

  it("has the gradient of finite differences in x, scale and offset", () => {
    const inputs = [
      tf.randomNormal([2, 3, 3, 2], 0, 1, "float32", 5),
      tf.tensor1d([0.7, -1.3]),
      tf.tensor1d([0.2, 0.1]),
    ]
    const weights = tf.randomNormal([2, 3, 3, 2], 0, 1, "float32", 7)
    const f = (x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor) =>
      tf.sum(tf.mul(batchNorm(x as tf.Tensor4D, scale as tf.Tensor1D, offset as tf.Tensor1D, 0.1).y, weights))
    inputs.forEach((input, i) => {
      const along = (at: tf.Tensor) => {
        const [x, scale, offset] = inputs.with(i, at)
        return f(x!, scale!, offset!) as tf.Scalar
      }
      const direction = tf.randomNormal(input.shape, 0, 1, "float32", 11 + i)
      expect(gradientCheck(along, input, direction).error).toBeLessThan(1e-4)
    })
  })

  it("disposes what it does not return", () => {
    const x = x4([1, 2, 3, 4], 2)
    const one = tf.tensor1d([1, 1])
    const gradient = tf.grad((z: tf.Tensor) =>
      tf.sum(tf.square(batchNorm(z as tf.Tensor4D, one, one, 1e-5).y)),
    )
    const before = tf.memory().numTensors
    tf.tidy(() => {
      gradient(x)
    })
    expect(tf.memory().numTensors).toBe(before)
    tf.dispose(batchNorm(x, one, one, 1e-5))
    expect(tf.memory().numTensors).toBe(before)
  })

  it("names the vector that does not fit", () => {
    const one = tf.tensor1d([1])
    const attempt = () => batchNorm(x4([1, 2], 1), one, tf.tensor1d([1, 2]), 1e-5)
    expect(attempt).toThrow(ShapeError)
    expect(attempt).toThrow("batchNorm of x [1, 1, 2, 1]: offset: expected shape [1], got [2]")
    expect(() => batchNorm(x4([1, 2], 2), tf.tensor2d([1, 2], [2, 1]) as never, one, 1e-5)).toThrow(
      "scale: expected shape [2], got [2, 1]",
    )
    const two = tf.tensor1d([1, 1])
    for (const [place, vectors] of [
      ["scale", [two, one, one, one]],
      ["offset", [one, two, one, one]],
      ["mean", [one, one, two, one]],
      ["variance", [one, one, one, two]],
    ] as const)
      expect(() => batchNormInference(x4([1, 2], 1), ...vectors, 1e-5)).toThrow(
        `batchNorm of x [1, 1, 2, 1]: ${place}: expected shape [1], got [2]`,
      )
  })
})
