import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { maxPool } from "../../../src/tensor/ops/maxPool.ts"
import { useJavascriptEngine } from "../../support/engine.ts"
import { expectGradients, expectNothingLeft, type Op } from "../../support/opChecks.ts"
import { sines } from "../../support/sines.ts"

beforeAll(useJavascriptEngine)

const op: Op = (x) => maxPool(x as tf.Tensor4D)

/** One image of one channel. */
const image = (rows: number[][]) => tf.tensor4d(rows.flat(), [1, rows.length, rows[0]!.length, 1])

const gradientAt = (x: tf.Tensor4D, dy: tf.Tensor) => tf.grad((x: tf.Tensor) => tf.sum(tf.mul(op(x), dy)))(x)

describe("maxPool", () => {
  it("takes the largest value of each square", () => {
    const x = image([
      [1, 2, 5, 6],
      [4, 3, 8, 7],
    ])
    expect([...maxPool(x).dataSync()]).toEqual([4, 8])
    expect([...gradientAt(x, tf.tensor4d([10, 20], [1, 1, 2, 1])).dataSync()]).toEqual([
      0, 0, 0, 0, 10, 0, 20, 0,
    ])
  })

  it("gives the gradient to the first of equal values", () => {
    const x = image([
      [0, 0, 1, 2],
      [0, 0, 2, 2],
    ])
    expect([...gradientAt(x, tf.ones([1, 1, 2, 1])).dataSync()]).toEqual([1, 0, 0, 1, 0, 0, 0, 0])
  })

  it("keeps channels and images apart", () => {
    const x = tf.tensor4d([1, 8, 2, 7, 3, 6, 4, 5, 11, 18, 12, 17, 13, 16, 14, 15], [2, 2, 2, 2])
    expect(maxPool(x).arraySync()).toEqual([[[[4, 8]]], [[[14, 18]]]])
  })

  it("leaves an odd last row and column out", () => {
    const x = image([
      [1, 2, 9],
      [3, 4, 9],
      [9, 9, 9],
    ])
    expect(maxPool(x).arraySync()).toEqual([[[[4]]]])
    expect([...gradientAt(x, tf.ones([1, 1, 1, 1])).dataSync()]).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0])
  })

  it("has the gradient of finite differences", () => {
    // Values apart by 0.1, so that the step does not change which is the largest.
    const order = Array.from({ length: 64 }, (_, i) => ((i * 37) % 64) * 0.1)
    expectGradients(op, [tf.tensor4d(order, [2, 4, 4, 2])])
  })

  it("leaves no tensors behind", () => {
    expectNothingLeft(op, [sines(0, [1, 4, 4, 2])])
  })
})
