import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { adam } from "../../src/optimizers/adam.ts"
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

  it("takes PyTorch's steps", () => {
    expectStepsOfPyTorch(adam({ beta1: 0.8, beta2: 0.95, epsilon: 1e-4 }), "adam")
  })
})
