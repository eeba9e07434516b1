import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { row } from "../../src/laws/lossCase.ts"
import { agBce } from "../../src/losses/agBce.ts"
import { bce } from "../../src/losses/bce.ts"
import { type Loss, secondAnnotator } from "../../src/losses/loss.ts"
import { pyTorchFocal } from "../../src/losses/pyTorchFocal.ts"
import { sum } from "../../src/losses/sum.ts"
import { uncertaintySum } from "../../src/losses/uncertaintySum.ts"
import { weighted } from "../../src/losses/weighted.ts"
import { rootKey } from "../../src/tensor/randomKey.ts"
import { leaves } from "../../src/tensor/tree.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { keyAsLoss, lossSlopes } from "../support/lossSlopes.ts"
import { golden } from "./golden.ts"

beforeAll(useJavascriptEngine)

const crossEntropy = bce()
const focal = pyTorchFocal({ alpha: 0.25, gamma: 2, input: "logits" })

/** factor w^2, w a parameter that starts at `start`. */
const learning = (factor: number, start: number): Loss => ({
  needs: { second: false, distance: false },
  init: () => ({ w: tf.tensor1d([start]) }),
  apply: ({ w }) => tf.mul(tf.sum(tf.square(w as tf.Tensor1D)), factor),
})

describe("sum", () => {
  it("adds weighted terms", () => {
    // z = 0: cross-entropy log 2, its gradient (1/2 - y) / 2. Focal loss: 0.25 (1/2)^2 log 2.
    // 2 log 2 + 4 x 0.0625 log 2 = 2.25 log 2.
    const loss = sum([weighted(crossEntropy, 2), weighted(focal, 4)])
    expectClose(lossSlopes(loss, row([0, 0], [1, 0])).value, 2.25 * Math.LN2, { relative: 1e-6 })
    const { gradient } = lossSlopes(sum([crossEntropy, weighted(crossEntropy, 2)]), row([0, 0], [1, 0]))
    expectClose(gradient, [-0.75, 0.75], { relative: 1e-6 })
  })

  it("has the value and the gradient of its parts together, linear in the weights", () => {
    const [a, b] = [lossSlopes(crossEntropy, golden), lossSlopes(focal, golden)]
    for (const [u, v] of [
      [1, 1],
      [0.5, 0],
      [0, 3],
    ] as const) {
      const both = lossSlopes(sum([weighted(crossEntropy, u), weighted(focal, v)]), golden)
      expectClose(both.value, u * a.value + v * b.value, { absolute: 1e-6 })
      expectClose(
        both.gradient,
        a.gradient.map((slope, i) => u * slope + v * b.gradient[i]!),
        { absolute: 1e-7 },
      )
    }
  })

  it("of one term is the term", () => {
    const { value, gradient } = lossSlopes(crossEntropy, golden)
    expect(lossSlopes(sum([crossEntropy]), golden)).toMatchObject({ value, gradient })
  })

  it("needs what any of its terms needs", () => {
    const second = agBce({ kernel: 1, hardWeight: 4, form: "logits" })
    expect(sum([crossEntropy, second]).needs).toEqual(secondAnnotator)
    expect(sum([crossEntropy, focal]).needs).toEqual({ second: false, distance: false })
  })

  it("holds parameters by the terms' places, of those that learn", () => {
    const loss = sum([crossEntropy, learning(1, 5), sum([focal, learning(3, 7)])])
    const init = tf.tidy(() =>
      leaves(loss.init(rootKey(0))).map(([path, leaf]) => [path, [...leaf.dataSync()]]),
    )
    expect(init).toEqual([
      ["1/w", [5]],
      ["2/1/w", [7]],
    ])
    expect(sum([crossEntropy, focal]).init(rootKey(0))).toEqual({})
    // log 2 + 2^2 + focal 0.0625 log 2 + 3 x 0.5^2; slopes 2 x 2 and 3 x 2 x 0.5.
    const params = { "1": { w: [2] }, "2": { "1": { w: [0.5] } } }
    const { value, own } = lossSlopes(loss, row([0], [1]), { params })
    expectClose(value, 1.0625 * Math.LN2 + 4.75, { relative: 1e-6 })
    expect(own).toEqual({ "1/w": [4], "2/1/w": [3] })
  })

  it("draws other numbers for every term, those of nested sums and of learned ones included", () => {
    const key = [3, 11] as const
    const seen = (loss: Loss, params = {}) => lossSlopes(loss, row([0], [1]), { key, params }).value
    const zero = weighted(crossEntropy, 0)
    const values = [
      seen(sum([keyAsLoss, zero])),
      seen(sum([zero, keyAsLoss])),
      seen(sum([sum([zero, keyAsLoss]), zero])),
      seen(sum([zero, sum([keyAsLoss, zero])])),
      seen(uncertaintySum([zero, zero, keyAsLoss]), { logVariances: [0, 0, 0] }),
    ]
    expect(new Set(values).size).toBe(values.length)
    expect(seen(sum([keyAsLoss, zero]))).toBe(values[0])
  })

  it("leaves no tensors behind", () => {
    const before = tf.memory().numTensors
    lossSlopes(sum([crossEntropy, weighted(focal, 2)]), golden)
    expect(tf.memory().numTensors).toBe(before)
  })
})
