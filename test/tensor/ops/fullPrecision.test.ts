import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { fullPrecision } from "../../../src/tensor/ops/fullPrecision.ts"
import { useJavascriptEngine } from "../../support/engine.ts"
import { expectNothingLeft } from "../../support/opChecks.ts"

beforeAll(useJavascriptEngine)

describe("fullPrecision", () => {
  it("is x as it is, and so is its gradient", () => {
    const x = tf.tensor2d([1, -2, 1e-8, 1e8], [2, 2])
    const y = fullPrecision(x)
    expect(y).not.toBe(x)
    expect(y.shape).toEqual([2, 2])
    expect(y.dataSync()).toEqual(x.dataSync())
    const dy = tf.tensor2d([3, 1e-8, -5, 1e8], [2, 2])
    const gradient = tf.grad((x: tf.Tensor) => tf.sum(tf.mul(fullPrecision(x), dy)))(x)
    expect(gradient.dataSync()).toEqual(dy.dataSync())
  })

  it("leaves no tensors behind", () => {
    expectNothingLeft((x) => fullPrecision(x!), [tf.ones([3])])
  })
})
