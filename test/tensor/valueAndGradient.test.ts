import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { stopGradient } from "../../src/tensor/stopGradient.ts"
import { leaves } from "../../src/tensor/tree.ts"
import { valueAndGradient } from "../../src/tensor/valueAndGradient.ts"
import { useJavascriptEngine } from "../support/engine.ts"

beforeAll(useJavascriptEngine)

describe("valueAndGradient", () => {
  it("differentiates, hands by-products out and gives unconnected leaves a zero gradient", () => {
    const before = tf.memory().numTensors
    const params = { a: tf.tensor1d([1, 2]), unused: tf.tensor1d([5]) }
    const result = tf.tidy(() => {
      const { value, gradient, aux } = valueAndGradient((p) => {
        const square = tf.square(p.a as tf.Tensor1D)
        return { value: tf.sum(square).asScalar(), aux: { square } }
      }, params)
      return {
        value: value.dataSync()[0],
        a: [...(gradient.a as tf.Tensor).dataSync()],
        unused: [...(gradient.unused as tf.Tensor).dataSync()],
        square: [...(aux.square as tf.Tensor).dataSync()],
      }
    })
    // d/da (a1^2 + a2^2) = (2 a1, 2 a2)
    expect(result).toEqual({ value: 5, a: [2, 4], unused: [0], square: [1, 4] })
    tf.dispose(params)
    expect(tf.memory().numTensors).toBe(before)
  })

  it("has a gradient of zeros where the value depends on no leaf", () => {
    tf.tidy(() => {
      const params = { a: tf.tensor1d([1, 2]), b: { c: tf.scalar(3) } }
      const { value, gradient } = valueAndGradient(() => ({ value: tf.scalar(4), aux: {} }), params)
      expect(value.dataSync()[0]).toBe(4)
      expect(leaves(gradient).map(([path, leaf]) => [path, [...leaf.dataSync()]])).toEqual([
        ["a", [0, 0]],
        ["b/c", [0]],
      ])
    })
  })

  it("sees a stopped gradient as a constant", () => {
    const [slope] = tf.tidy(() =>
      // d/dx (x * constant(x)) at 3 is the constant, 3, not 6.
      tf
        .grad((x) => tf.mul(x, stopGradient(x)))(tf.scalar(3))
        .dataSync(),
    )
    expect(slope).toBe(3)
  })
})
