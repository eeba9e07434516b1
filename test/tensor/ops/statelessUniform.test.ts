import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it, vi } from "vitest"
import { statelessUniform, statelessUniformKernel } from "../../../src/tensor/ops/statelessUniform.ts"
import { useJavascriptEngine } from "../../support/engine.ts"

beforeAll(useJavascriptEngine)

const drawn = (key: readonly [number, number], shape: readonly number[]): number[] =>
  tf.tidy(() => [...statelessUniform(tf.tensor1d([...key], "int32"), shape).dataSync()])

describe("statelessUniform", () => {
  // StatelessRandomUniform of TensorFlow 2.21; numbers are multiples of 2^-23.
  it.each([
    [
      [0, 0],
      [1770126, 5922441, 6711418, 6465874, 3259718, 7301104],
    ],
    [
      [1, 2],
      [7080492, 1610993, 8356926, 1345427, 2281619, 5447109],
    ],
    [
      [-5, 2147483647],
      [4236775, 7203071, 3790235, 5553182, 7160465, 5614918],
    ],
  ] as const)("has TensorFlow's bits for the key %j", (key, multiples) => {
    expect(drawn(key, [2, 3])).toEqual(multiples.map((multiple) => multiple / 2 ** 23))
  })

  it("is uniform", () => {
    // Of 4000 numbers the mean has standard error 0.0046, the mean square (1/3) 0.0047.
    const numbers = drawn([3, 4], [4000])
    const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x) / values.length
    expect(Math.abs(mean(numbers) - 1 / 2)).toBeLessThan(0.015)
    expect(Math.abs(mean(numbers.map((x) => x * x)) - 1 / 3)).toBeLessThan(0.015)
    // Neighbours are independent: the mean of their products (1/4) has standard error 0.0035.
    const products = numbers.slice(1).map((x, i) => x * numbers[i]!)
    expect(Math.abs(mean(products) - 1 / 4)).toBeLessThan(0.012)
  })

  it("asks the engine with whole numbers, which TensorFlow takes a shape and a key from alone", () => {
    const asked = vi.spyOn(tf.engine(), "runKernel")
    drawn([1, 2], [2, 3])
    const [, inputs] = asked.mock.calls.find(([kernel]) => kernel === statelessUniformKernel)!
    asked.mockRestore()
    expect(Object.values(inputs).map((input) => (input as tf.Tensor).dtype)).toEqual(["int32", "int32"])
  })

  it("has the shape asked for, is a constant, and leaves nothing behind but its result", () => {
    const key = tf.tensor1d([1, 2], "int32")
    const before = tf.memory().numTensors
    const numbers = statelessUniform(key, [2, 1, 3])
    expect(tf.memory().numTensors).toBe(before + 1)
    expect(numbers.shape).toEqual([2, 1, 3])
    expect(statelessUniform(key, []).shape).toEqual([])
    expect(statelessUniform(key, [0, 3]).size).toBe(0)
    const gradient = tf.grad((x: tf.Tensor) => tf.sum(tf.mul(x, statelessUniform(key, [2, 1, 3]))))
    expect([...gradient(tf.ones([2, 1, 3])).dataSync()]).toEqual([...numbers.dataSync()])
  })
})
