import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import type { Mode, Model } from "../../src/models/model.ts"
import { forwardPass } from "../../src/stages/forwardPass.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"

beforeAll(useJavascriptEngine)

describe("forwardPass", () => {
  it("is the sigmoid of the first output of the network in evaluation, of its parameters and state", () => {
    const modes: Mode[] = []
    const model: Model = {
      divisor: 1,
      shapes: {},
      init: () => ({ params: {}, state: {} }),
      apply: (params, state, x, mode) => {
        modes.push(mode)
        const scaled: tf.Tensor4D = tf.add(tf.mul(x, params.scale as tf.Scalar), state.offset as tf.Scalar)
        return { outputs: [scaled, tf.zeros([1, 1, 1, 1])], state: { offset: tf.scalar(0) } }
      },
    }
    const [params, state] = [{ scale: tf.scalar(2) }, { offset: tf.scalar(-1) }]
    const x = tf.tensor4d([0, 0.5, 2], [1, 1, 3, 1])
    const before = tf.memory().numTensors
    const y = forwardPass(model)(params, state, x)
    expect(y.shape).toEqual([1, 1, 3, 1])
    // Logits -1, 0, 3.
    expectClose(y.dataSync(), [1 / (1 + Math.E), 0.5, 1 / (1 + Math.exp(-3))], { absolute: 1e-6 })
    expect(modes).toEqual([{ training: false }])
    expect(tf.memory().numTensors).toBe(before + 1)
  })
})
