import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { atOf } from "../../src/laws/evaluate.ts"
import { bce } from "../../src/losses/bce.ts"
import { deepSupervised } from "../../src/losses/deepSupervised.ts"
import { secondAnnotator } from "../../src/losses/loss.ts"
import { uncertaintySum } from "../../src/losses/uncertaintySum.ts"
import { rootKey } from "../../src/tensor/randomKey.ts"
import { leaves } from "../../src/tensor/tree.ts"
import { valueAndGradient } from "../../src/tensor/valueAndGradient.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"

beforeAll(useJavascriptEngine)

/** Outputs of 2 x 2 and 1 x 1 pixels with constant logits, against empty masks. */
const twoScales = (fine: number, coarse: number) => ({
  outputs: [tf.fill<tf.Rank.R4>([1, 2, 2, 1], fine), tf.fill<tf.Rank.R4>([1, 1, 1, 1], coarse)],
  truths: [{ mask: tf.zeros<tf.Rank.R4>([1, 2, 2, 1]) }, { mask: tf.zeros<tf.Rank.R4>([1, 1, 1, 1]) }],
})

const twoLosses = [bce(), bce()]

describe("deepSupervised", () => {
  it("adds the weighted losses of all outputs, full resolution first", () => {
    // Truth 0: z = 0 costs log 2, z = log 3 costs log 4. 1 x log 2 + 0.5 x log 4 = log 4.
    const value = tf.tidy(() => {
      const { outputs, truths } = twoScales(0, Math.log(3))
      const objective = deepSupervised({ losses: twoLosses, weights: [1, 0.5] })
      return objective.apply({}, outputs, truths, atOf()).dataSync()[0]!
    })
    expectClose(value, Math.log(4), { relative: 1e-6 })
  })

  it("needs what any of its losses needs", () => {
    const losses = [bce(), { ...bce(), needs: secondAnnotator }]
    expect(deepSupervised({ losses, weights: [1, 1] }).needs).toEqual(secondAnnotator)
  })

  it("keeps parameters of every scale that learns apart, and none of the others", () => {
    // At every scale exp(-s) log 2 + s with its own s: d/ds = 1 - exp(-s) log 2.
    const learning = uncertaintySum([bce()])
    const objective = deepSupervised({ losses: [learning, bce(), learning], weights: [1, 1, 0.5] })
    const slopes = tf.tidy(() => {
      const outputs = [0, 1, 2].map(() => tf.zeros<tf.Rank.R4>([1, 1, 1, 1]))
      const truths = outputs.map((mask) => ({ mask }))
      const { gradient } = valueAndGradient(
        (params) => ({ value: objective.apply(params, outputs, truths, atOf()), aux: {} }),
        objective.init(rootKey(0)),
      )
      return leaves(gradient).map(([path, leaf]) => [path, leaf.dataSync()[0]!] as const)
    })
    expect(slopes.map(([path]) => path)).toEqual(["0/logVariances", "2/logVariances"])
    expectClose(
      slopes.map(([, slope]) => slope),
      [1 - Math.LN2, 0.5 * (1 - Math.LN2)],
      { relative: 1e-6 },
    )
  })

  it("refuses a model with another number of outputs, in words", () => {
    const objective = deepSupervised({ losses: [...twoLosses, bce()], weights: [1, 1, 1] })
    const apply = () =>
      tf.tidy(() => {
        const { outputs, truths } = twoScales(0, 0)
        return objective.apply({}, outputs, truths, atOf())
      })
    expect(apply).toThrow(
      expect.objectContaining({
        kind: "config",
        problems: [
          expect.objectContaining({
            path: "train.loss.weights",
            expected: "2 weights, one for each output, full resolution first",
            found: "3 weights: [1, 1, 1]",
          }),
        ],
      }),
    )
  })

  it("leaves no tensors behind", () => {
    const before = tf.memory().numTensors
    const { outputs, truths } = twoScales(1, 2)
    const at = atOf()
    const objective = deepSupervised({ losses: twoLosses, weights: [1, 1] })
    tf.dispose(objective.apply({}, outputs, truths, at))
    tf.dispose([outputs, truths.map(({ mask }) => mask), at.progress, at.key])
    expect(tf.memory().numTensors).toBe(before)
  })
})
