import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it, vi } from "vitest"
import { statelessNormal, statelessNormalKernel } from "../../../src/tensor/ops/statelessNormal.ts"
import { statelessUniform } from "../../../src/tensor/ops/statelessUniform.ts"
import { rootKey } from "../../../src/tensor/randomKey.ts"
import { expectClose } from "../../support/close.ts"
import { useJavascriptEngine } from "../../support/engine.ts"

beforeAll(useJavascriptEngine)

const drawn = (key: readonly [number, number], shape: readonly number[]): number[] =>
  tf.tidy(() => [...statelessNormal(tf.tensor1d([...key], "int32"), shape).dataSync()])

describe("statelessNormal", () => {
  it("depends on the key alone", () => {
    const key = rootKey(1).child("noise").seedPair()
    expect(drawn(key, [2, 3])).toEqual(drawn(key, [2, 3]))
    expect(drawn(key, [2, 3])).not.toEqual(drawn(rootKey(2).child("noise").seedPair(), [2, 3]))
    expect(drawn([key[1], key[0]], [2, 3])).not.toEqual(drawn(key, [2, 3]))
  })

  // StatelessRandomNormal of TensorFlow 2.21.
  it.each([
    [
      [0, 0],
      [-1.697034, -0.48137671, -0.66223693, 0.087011188, -1.0001622, 0.94347405],
    ],
    [
      [1, 2],
      [0.54411012, 0.20738031, 0.073564321, 0.046434551, -1.3015898, -0.95385653],
    ],
    [
      [-5, 2147483647],
      [-0.90677357, 0.73750001, -1.0726517, -0.66205084, -0.49196243, -0.27307928],
    ],
  ] as const)("has TensorFlow's numbers for the key %j", (key, numbers) => {
    expectClose(drawn(key, [3, 2]), numbers, { absolute: 1e-6 })
    expect(drawn(key, [5])).toEqual(drawn(key, [6]).slice(0, 5))
  })

  it("takes 1e-7 for a uniform number of 0, which has no logarithm", () => {
    // A key whose first uniform numbers are 0 and u.
    const key = [6230965, 1] as const
    const [zero, u] = tf.tidy(() => [...statelessUniform(tf.tensor1d([...key], "int32"), [2]).dataSync()])
    expect(zero).toBe(0)
    // sqrt(-2 log 1e-7) = 5.6777
    const angle = 2 * Math.PI * u!
    expectClose(drawn(key, [2]), [5.6777 * Math.sin(angle), 5.6777 * Math.cos(angle)], { absolute: 1e-4 })
  })

  it("is standard normal", () => {
    // Of 4000 numbers the mean has standard error 0.016, the variance 0.022, the share below -1 (0.1587) 0.006.
    const numbers = drawn([3, 4], [4000])
    const mean = numbers.reduce((sum, x) => sum + x) / 4000
    const variance = numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 4000
    expect(Math.abs(mean)).toBeLessThan(0.06)
    expect(Math.abs(variance - 1)).toBeLessThan(0.09)
    expect(Math.abs(numbers.filter((x) => x < -1).length / 4000 - 0.1587)).toBeLessThan(0.024)
  })

  it("asks the engine with whole numbers, which TensorFlow takes a shape and a key from alone", () => {
    const asked = vi.spyOn(tf.engine(), "runKernel")
    drawn([1, 2], [2, 3])
    const [, inputs] = asked.mock.calls.find(([kernel]) => kernel === statelessNormalKernel)!
    asked.mockRestore()
    expect(Object.values(inputs).map((input) => (input as tf.Tensor).dtype)).toEqual(["int32", "int32"])
  })

  it("has the shape asked for, and is a constant", () => {
    const key = tf.tensor1d([1, 2], "int32")
    const noise = statelessNormal(key, [2, 1, 3])
    expect(noise.shape).toEqual([2, 1, 3])
    const gradient = tf.grad((x: tf.Tensor) => tf.sum(tf.mul(x, statelessNormal(key, [2, 1, 3]))))
    expect([...gradient(tf.ones([2, 1, 3])).dataSync()]).toEqual([...noise.dataSync()])
  })

  it("leaves nothing behind but its result", () => {
    const key = tf.tensor1d([1, 2], "int32")
    const before = tf.memory().numTensors
    statelessNormal(key, [4])
    expect(tf.memory().numTensors).toBe(before + 1)
  })
})
