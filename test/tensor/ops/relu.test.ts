import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { relu } from "../../../src/tensor/ops/relu.ts"
import { useJavascriptEngine } from "../../support/engine.ts"

beforeAll(useJavascriptEngine)

describe("relu", () => {
  it("cuts negative values off", () => {
    expect([...relu(tf.tensor1d([-2, 0, 3])).dataSync()]).toEqual([0, 0, 3])
  })

  it("passes the gradient where x is positive, and nothing at 0", () => {
    const gradient = tf.grad((x: tf.Tensor) => tf.sum(tf.mul(relu(x), tf.tensor1d([5, 6, 7]))))
    expect([...gradient(tf.tensor1d([-2, 0, 3])).dataSync()]).toEqual([0, 0, 7])
  })

  it("leaves no tensors behind", () => {
    const x = tf.tensor1d([1, -1])
    const gradient = tf.grad((z: tf.Tensor) => tf.sum(relu(z)))
    const before = tf.memory().numTensors
    tf.tidy(() => {
      gradient(x)
    })
    expect(tf.memory().numTensors).toBe(before)
  })
})
