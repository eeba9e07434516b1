import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { sgd } from "../../src/optimizers/sgd.ts"
import { leaves, type Params } from "../../src/tensor/tree.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { expectStepsOfPyTorch } from "./againstPyTorch.ts"

beforeAll(useJavascriptEngine)

const values = (tree: Params) =>
  Object.fromEntries(leaves(tree).map(([path, t]) => [path, [...t.dataSync()]]))

describe("sgd", () => {
  it("adds the decayed weight, keeps the velocity, then applies the learning rate", () => {
    // g = 2 + 0.5 * 4 = 4; v = 0.5 * 6 + 4 = 7; update = -0.25 * 7
    tf.tidy(() => {
      const { updates, slots } = sgd({ momentum: 0.5, weightDecay: 0.5 }).update(
        { w: tf.tensor1d([2]) },
        { velocity: { w: tf.tensor1d([6]) } },
        { w: tf.tensor1d([4]) },
        { learningRate: tf.scalar(0.25), step: tf.scalar(1) },
      )
      expect(values(updates)).toEqual({ w: [-1.75] })
      expect(values(slots)).toEqual({ "velocity/w": [7] })
    })
  })

  it("keeps nine tenths of the velocity and decays nothing unless told otherwise", () => {
    // v = 0.9 x 10 + 1 = 10
    tf.tidy(() => {
      const { updates, slots } = sgd().update(
        { w: tf.tensor1d([1]) },
        { velocity: { w: tf.tensor1d([10]) } },
        { w: tf.tensor1d([1000]) },
        { learningRate: tf.scalar(0.5), step: tf.scalar(1) },
      )
      expect(values(slots)).toEqual({ "velocity/w": [10] })
      expect(values(updates)).toEqual({ w: [-5] })
    })
  })

  it("starts with a velocity of zero, like the parameters", () => {
    const slots = sgd({ momentum: 0.5 }).init({ w: tf.tensor1d([3, 4]), b: { c: tf.scalar(5) } })
    expect(values(slots)).toEqual({ "velocity/w": [0, 0], "velocity/b/c": [0] })
  })

  it("has no slots without momentum, before a step and after", () => {
    const plain = sgd({ momentum: 0, weightDecay: 1 })
    expect(plain.init({ w: tf.scalar(1) })).toEqual({})
    tf.tidy(() => {
      const at = { learningRate: tf.scalar(0.5), step: tf.scalar(1) }
      const { updates, slots } = plain.update({ w: tf.tensor1d([2]) }, {}, { w: tf.tensor1d([4]) }, at)
      expect(slots).toEqual({})
      expect(values(updates)).toEqual({ w: [-3] }) // half of 2 + 4
    })
  })

  it("takes PyTorch's steps", () => {
    expectStepsOfPyTorch(sgd({ momentum: 0 }), "plain")
    expectStepsOfPyTorch(sgd({ momentum: 0.9 }), "momentum")
    expectStepsOfPyTorch(sgd({ momentum: 0.9, weightDecay: 0.05 }), "decay")
  })
})
