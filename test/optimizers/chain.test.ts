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
