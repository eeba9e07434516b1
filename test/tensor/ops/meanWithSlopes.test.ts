import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { meanWithSlopes } from "../../../src/tensor/ops/meanWithSlopes.ts"
import { useJavascriptEngine } from "../../support/engine.ts"

beforeAll(useJavascriptEngine)

/** Mean of a x^2. */
const meanOfSquares = (x: tf.Tensor, a: tf.Tensor): tf.Scalar =>
  meanWithSlopes([x, a], (x, a) => {
    const squares = tf.square(x)
    return { values: tf.mul(a, squares), slopes: [tf.mul(tf.mul(x, a), 2), tf.sum(squares)] }
  })

describe("meanWithSlopes", () => {
  it("is the mean, with the gradient that its slopes say", () => {
    // a = 3, x = (1, 2): mean (3 + 12) / 2 = 7.5; in x: 2 a x / 2 = (3, 6); in a: (1 + 4) / 2 = 2.5.
    const x = tf.tensor1d([1, 2])
    const a = tf.scalar(3)
    expect(meanOfSquares(x, a).dataSync()[0]).toBe(7.5)
    const [dx, da] = tf.grads((...[x, a]: tf.Tensor[]) => meanOfSquares(x!, a!))([x, a])
    expect([...dx!.dataSync()]).toEqual([3, 6])
    expect([...da!.dataSync()]).toEqual([2.5])
  })

  it("passes on what the mean is multiplied by afterwards, and what its inputs were before", () => {
    // d/dx of 4 mean(3 (x + 1)^2) at x = (0, 1): 4 x 2 x 3 (x + 1) / 2 = (12, 24).
    const f = (x: tf.Tensor) => tf.mul(meanOfSquares(tf.add(x, 1), tf.scalar(3)), 4)
    expect([
      ...tf
        .grad(f)(tf.tensor1d([0, 1]))
        .dataSync(),
    ]).toEqual([12, 24])
  })

  it("is differentiable in as many as four inputs", () => {
    const inputs = [1, 2, 3, 4].map((value) => tf.tensor1d([value, value]))
    const sums = (...given: tf.Tensor[]) =>
      meanWithSlopes(given, (...xs) => ({
        values: tf.addN(xs.map((x, i) => tf.mul(x, i + 1))),
        slopes: xs.map((x, i) => tf.fill(x.shape, i + 1)),
      }))
    // 1 x 1 + 2 x 2 + 3 x 3 + 4 x 4, and each slope over two entries.
    expect(sums(...inputs).dataSync()[0]).toBe(30)
    expect(
      tf
        .grads(sums)(inputs)
        .map((slope) => [...slope.dataSync()]),
    ).toEqual([
      [0.5, 0.5],
      [1, 1],
      [1.5, 1.5],
      [2, 2],
    ])
  })

  it("leaves nothing behind but the mean", () => {
    const x = tf.tensor1d([1, 2])
    const a = tf.scalar(3)
    const before = tf.memory().numTensors
    const mean = meanOfSquares(x, a)
    expect(tf.memory().numTensors).toBe(before + 1)
    mean.dispose()
    tf.tidy(() => void tf.grad((x: tf.Tensor) => meanOfSquares(x, a))(x))
    expect(tf.memory().numTensors).toBe(before)
  })
})
