import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { adam } from "../../src/optimizers/adam.ts"
import { leaves, type Params } from "../../src/tensor/tree.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { expectStepsOfPyTorch } from "./againstPyTorch.ts"

beforeAll(useJavascriptEngine)

describe("adam", () => {
  it("moves each weight by the learning rate at the first step, whatever the gradient's size", () => {
    // m^ = g and v^ = g^2 at step 1, so the update is -rate * sign(g).
    tf.tidy(() => {
      const params = { w: tf.tensor1d([1, 1, 1]) }
      const { updates } = adam().update({ w: tf.tensor1d([1e-3, -5, 0]) }, adam().init(params), params, {
        learningRate: tf.scalar(0.01),
        step: tf.scalar(1),
      })
      const [small, large, none] = (updates.w as tf.Tensor).dataSync()
      expect(small).toBeCloseTo(-0.01, 5)
      expect(large).toBeCloseTo(0.01, 5)
      expect(none).toBeCloseTo(0, 12)
    })
  })

  it("decays by 0.9 and 0.999 and adds 1e-8 unless told otherwise", () => {
    tf.tidy(() => {
      const w = { w: tf.tensor1d([1, 1]) }
      const slots = { mean: { w: tf.tensor1d([0, 1]) }, square: { w: tf.tensor1d([0, 1]) } }
      const result = adam().update({ w: tf.tensor1d([1e-8, 2]) }, slots, w, {
        learningRate: tf.scalar(1),
        step: tf.scalar(1),
      })
      // m = 0.9 + 0.1 x 2 = 1.1, v = 0.999 + 0.001 x 4 = 1.003; m^ = 11, v^ = 1003.
      const read = (leaf: unknown) => [...(leaf as tf.Tensor).dataSync()]
      expectClose(read((result.slots.mean as Params).w), [1e-9, 1.1], { relative: 1e-5 })
      expectClose(read((result.slots.square as Params).w), [1e-19, 1.003], { relative: 1e-5 })
      // A gradient as small as epsilon is divided by twice itself.
      expectClose(read(result.updates.w), [-0.5, -11 / Math.sqrt(1003)], { relative: 1e-3 })
    })
  })

  it("starts with slots of zeros, like the parameters", () => {
    const slots = adam().init({ a: tf.ones([2, 3]), b: { c: tf.scalar(5) } })
    const told = leaves(slots).map(([path, leaf]) => [path, leaf.shape, [...new Set(leaf.dataSync())]])
    expect(told).toEqual([
      ["mean/a", [2, 3], [0]],
      ["mean/b/c", [], [0]],
      ["square/a", [2, 3], [0]],
      ["square/b/c", [], [0]],
    ])
  })

  it("takes PyTorch's steps", () => {
    expectStepsOfPyTorch(adam({ beta1: 0.8, beta2: 0.95, epsilon: 1e-4 }), "adam")
  })
})
