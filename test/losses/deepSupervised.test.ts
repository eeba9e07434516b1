import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { atOf } from "../../src/laws/evaluate.ts"
import { bce } from "../../src/losses/bce.ts"
import { deepSupervised } from "../../src/losses/deepSupervised.ts"
import { nothing, secondAnnotator } from "../../src/losses/loss.ts"
import { rootKey } from "../../src/tensor/randomKey.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"

beforeAll(useJavascriptEngine)

/** Outputs of 2 x 2 and 1 x 1 pixels with constant logits, against empty masks. */
const twoScales = (fine: number, coarse: number) => ({
  outputs: [tf.fill<tf.Rank.R4>([1, 2, 2, 1], fine), tf.fill<tf.Rank.R4>([1, 1, 1, 1], coarse)],
  truths: [{ mask: tf.zeros<tf.Rank.R4>([1, 2, 2, 1]) }, { mask: tf.zeros<tf.Rank.R4>([1, 1, 1, 1]) }],
})

describe("deepSupervised", () => {
  it("adds the weighted losses of all outputs, full resolution first", () => {
    // Truth 0: z = 0 costs log 2, z = log 3 costs log 4. 1 x log 2 + 0.5 x log 4 = log 4.
    const value = tf.tidy(() => {
      const { outputs, truths } = twoScales(0, Math.log(3))
      const objective = deepSupervised({ lossAt: () => bce(), weights: [1, 0.5], needs: nothing })
      return objective.apply({}, outputs, truths, atOf()).dataSync()[0]!
    })
    expectClose(value, Math.log(4), { relative: 1e-6 })
  })

  it("asks for the loss of each scale once", () => {
    const asked: number[] = []
    const lossAt = (scale: number) => {
      asked.push(scale)
      return bce()
    }
    deepSupervised({ lossAt, weights: [1, 1, 1], needs: nothing })
    expect(asked).toEqual([0, 1, 2])
  })

  it("has the needs it is given and no parameters of its own", () => {
    const objective = deepSupervised({ lossAt: () => bce(), weights: [1], needs: secondAnnotator })
    expect(objective.needs).toBe(secondAnnotator)
    expect(objective.init(rootKey(0))).toEqual({})
  })

  it("refuses a model with another number of outputs, in words", () => {
    const objective = deepSupervised({ lossAt: () => bce(), weights: [1, 1, 1], needs: nothing })
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
    const objective = deepSupervised({ lossAt: () => bce(), weights: [1, 1], needs: nothing })
    tf.dispose(objective.apply({}, outputs, truths, at))
    tf.dispose([outputs, truths.map(({ mask }) => mask), at.progress, at.key])
    expect(tf.memory().numTensors).toBe(before)
  })
})
