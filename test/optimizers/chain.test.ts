import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { adam } from "../../src/optimizers/adam.ts"
import { chain } from "../../src/optimizers/chain.ts"
import { clipByGlobalNorm } from "../../src/optimizers/clipByGlobalNorm.ts"
import { sgd } from "../../src/optimizers/sgd.ts"
import { fromLeaves, leaves, type Params } from "../../src/tensor/tree.ts"
import { useJavascriptEngine } from "../support/engine.ts"

beforeAll(useJavascriptEngine)

const at = () => ({ learningRate: tf.scalar(0.5), step: tf.scalar(1) })
const numbers = (tree: Params) => leaves(tree).flatMap(([, leaf]) => [...leaf.dataSync()])

describe("chain", () => {
  it("feeds the updates of each link to the next", () => {
    // Clipped from (30, 40) to (3, 4), then -0.5 of it.
    tf.tidy(() => {
      const gradient = { w: tf.tensor1d([30, 40]) }
      const optimizer = chain([clipByGlobalNorm({ norm: 5 }), sgd({ momentum: 0 })])
      const [a, b] = numbers(optimizer.update(gradient, {}, gradient, at()).updates)
      expect(a).toBeCloseTo(-1.5, 5)
      expect(b).toBeCloseTo(-2, 5)
    })
  })

  it("keeps the slots of each link, and hands the parameters to all", () => {
    // Decay adds the weight, 4, to the gradient, 1: v = 0.5 x 2 + 5 = 6, updates -3; then v = 0.9 x 10 - 3 + 4 = 10.
    tf.tidy(() => {
      const [w, gradient] = [{ w: tf.tensor1d([4]) }, { w: tf.tensor1d([1]) }]
      const optimizer = chain([
        sgd({ momentum: 0.5, weightDecay: 1 }),
        sgd({ momentum: 0.9, weightDecay: 1 }),
      ])
      expect(leaves(optimizer.init(w)).map(([path]) => path)).toEqual(["0/velocity/w", "1/velocity/w"])
      const slots = {
        "0": { velocity: { w: tf.tensor1d([2]) } },
        "1": { velocity: { w: tf.tensor1d([10]) } },
      }
      const result = optimizer.update(gradient, slots, w, at())
      expect(
        Object.fromEntries(leaves(result.slots).map(([path, leaf]) => [path, leaf.dataSync()[0]])),
      ).toEqual({
        "0/velocity/w": 6,
        "1/velocity/w": 10,
      })
      expect(numbers(result.updates)).toEqual([-5])
    })
  })

  it("is the identity without links", () => {
    const gradient = { w: tf.tensor1d([1]) }
    expect(chain([]).update(gradient, {}, gradient, at()).updates).toBe(gradient)
  })

  it("finds its slots again after branches without leaves were dropped", () => {
    tf.tidy(() => {
      const gradient = { w: tf.tensor1d([1, 2]) }
      const optimizer = chain([clipByGlobalNorm({ norm: 5 }), adam()])
      const slots = optimizer.init(gradient)
      const stored = fromLeaves(leaves(slots))
      expect(Object.keys(stored)).toEqual(["1"])
      expect(numbers(optimizer.update(gradient, stored, gradient, at()).updates)).toEqual(
        numbers(optimizer.update(gradient, slots, gradient, at()).updates),
      )
    })
  })
})
