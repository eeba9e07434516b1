import * as tf from "@tensorflow/tfjs-core"
import fc from "fast-check"
import { beforeAll, describe, expect, it } from "vitest"
import { chain } from "../../src/optimizers/chain.ts"
import { clipByGlobalNorm } from "../../src/optimizers/clipByGlobalNorm.ts"
import { globalNorm } from "../../src/optimizers/globalNorm.ts"
import { sgd } from "../../src/optimizers/sgd.ts"
import { leaves, type Params } from "../../src/tensor/tree.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { expectStepsOfPyTorch } from "./againstPyTorch.ts"

beforeAll(useJavascriptEngine)

const clipped = (norm: number, gradient: Params): Params =>
  clipByGlobalNorm({ norm }).update(gradient, {}, gradient, {
    learningRate: tf.scalar(1),
    step: tf.scalar(1),
  }).updates

const flat = (tree: Params) => leaves(tree).flatMap(([, leaf]) => [...leaf.dataSync()])

describe("clipByGlobalNorm", () => {
  it("scales a long gradient down to the norm, over all leaves together", () => {
    // |(3, 4)| = 5, so a norm of 1 leaves (0.6, 0.8).
    tf.tidy(() => {
      const [a, b] = flat(clipped(1, { a: tf.tensor1d([3]), b: { c: tf.tensor1d([4]) } }))
      expect(a).toBeCloseTo(0.6, 5)
      expect(b).toBeCloseTo(0.8, 5)
    })
  })

  it("adds a millionth to the length, as PyTorch does", () => {
    // A gradient as long as the norm, a millionth: half of it is left.
    tf.tidy(() => {
      const [a] = flat(clipped(1e-6, { a: tf.tensor1d([1e-6]) }))
      expect(a! / 5e-7).toBeCloseTo(1, 4)
    })
  })

  it("has no slots, before a step and after", () => {
    const [clip, tree] = [clipByGlobalNorm({ norm: 1 }), { a: tf.scalar(1) }]
    expect(clip.init(tree)).toEqual({})
    const at = { learningRate: tf.scalar(1), step: tf.scalar(1) }
    expect(clip.update(tree, {}, tree, at).slots).toEqual({})
  })

  it("leaves a short gradient, and one of zeros, as it is", () => {
    tf.tidy(() => {
      expect(flat(clipped(8, { a: tf.tensor1d([3, 4]) }))).toEqual([3, 4])
      expect(flat(clipped(1, { a: tf.tensor1d([0, 0]) }))).toEqual([0, 0])
    })
  })

  it("never lets a longer gradient through", () => {
    const list = fc.array(
      fc.integer({ min: -10000, max: 10000 }).map((hundredths) => hundredths / 100),
      { minLength: 1, maxLength: 6 },
    )
    fc.assert(
      fc.property(
        list,
        list,
        fc.integer({ min: 1, max: 1000 }).map((hundredths) => hundredths / 100),
        (a, b, norm) =>
          tf.tidy(() => {
            const length = globalNorm(clipped(norm, { a: tf.tensor1d(a), b: tf.tensor1d(b) })).dataSync()[0]!
            expect(length).toBeLessThanOrEqual(norm * (1 + 1e-5))
          }),
      ),
      { numRuns: 30 },
    )
  })

  it("takes PyTorch's steps when it stands before sgd", () => {
    expectStepsOfPyTorch(chain([clipByGlobalNorm({ norm: 1.5 }), sgd({ momentum: 0.9 })]), "clipped")
  })
})
