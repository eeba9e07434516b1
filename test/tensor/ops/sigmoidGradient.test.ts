import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { sigmoidGradient } from "../../../src/tensor/ops/sigmoidGradient.ts"
import { expectClose } from "../../support/close.ts"
import { useJavascriptEngine } from "../../support/engine.ts"

beforeAll(useJavascriptEngine)

describe("sigmoidGradient", () => {
  it("is dy y (1 - y)", () => {
    // 1/2 x 1/2, 1/4 x 3/4 and the flat ends, each times dy.
    const y = tf.tensor1d([0.5, 0.25, 0.75, 0, 1])
    const found = sigmoidGradient(tf.tensor1d([4, 16, -16, 3, 3]), y)
    expect([...found.dataSync()]).toEqual([1, 3, -3, 0, 0])
  })

  it("is the gradient of tfjs's sigmoid", () => {
    const [x, dy] = [tf.linspace(-6, 6, 25), tf.linspace(2, -3, 25)]
    const expected = tf.grad((x: tf.Tensor) => tf.sum(tf.mul(tf.sigmoid(x), dy)))(x)
    expectClose(sigmoidGradient(dy, tf.sigmoid(x)).dataSync(), [...expected.dataSync()], { absolute: 1e-6 })
  })

  it("leaves nothing behind but its result", () => {
    const [dy, y] = [tf.ones([3]), tf.fill([3], 0.5)]
    const before = tf.memory().numTensors
    sigmoidGradient(dy, y)
    expect(tf.memory().numTensors).toBe(before + 1)
  })
})
