import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { Failure } from "../../../src/failure/failure.ts"
import { fullResolution } from "../../../src/losses/objective.ts"
import { fixed } from "../../../src/losses/scaleLoss.ts"
import { unet } from "../../../src/models/unet.ts"
import { adam } from "../../../src/optimizers/adam.ts"
import { chain } from "../../../src/optimizers/chain.ts"
import { clipByGlobalNorm } from "../../../src/optimizers/clipByGlobalNorm.ts"
import {
  disposeTrainState,
  initTrainState,
  trainStateFromArrays,
  trainStateToArrays,
} from "../../../src/stages/training/trainState.ts"
import { rootKey } from "../../../src/tensor/randomKey.ts"
import { useJavascriptEngine } from "../../support/engine.ts"

beforeAll(useJavascriptEngine)

const objective = fullResolution(fixed((logits) => tf.mean(logits)))
const optimizer = chain([clipByGlobalNorm({ norm: 1 }), adam()])
const start = () => initTrainState(unet({ baseWidth: 1, depth: 3 }), objective, optimizer, rootKey(1))

const problemsOf = (f: () => unknown) => {
  try {
    f()
  } catch (error) {
    if (error instanceof Failure) return error.problems
    throw error
  }
  return []
}

describe("train state", () => {
  it("is the same after a trip through arrays", () => {
    const state = start()
    const arrays = trainStateToArrays(state)
    expect(Object.keys(arrays)).toContain("params/encoder/0/conv1/kernel")
    expect(Object.keys(arrays)).toContain("state/decoder/2/conv2/variance")
    expect(Object.keys(arrays)).toContain("slots/1/square/params/heads/3/bias")
    const back = trainStateFromArrays(state, arrays)
    expect(trainStateToArrays(back)).toEqual(arrays)
    expect(back.objective).toEqual({})
    disposeTrainState(state)
    expect(trainStateToArrays(back)).toEqual(arrays)
    disposeTrainState(back)
  })

  it("is freed as a whole", () => {
    const before = tf.memory().numTensors
    disposeTrainState(start())
    expect(tf.memory().numTensors).toBe(before)
  })

  it("names every path that does not fit, with expected and found shape", () => {
    const state = start()
    const { "params/heads/0/bias": _, ...arrays } = trainStateToArrays(state)
    const kernel = { shape: [1, 1, 3, 1], data: new Float32Array(3) }
    const problems = problemsOf(() =>
      trainStateFromArrays(state, {
        ...arrays,
        "params/heads/0/kernel": kernel,
        "params/heads/4/bias": kernel,
      }),
    )
    expect(problems.map(({ path, expected, found }) => ({ path, expected, found }))).toEqual([
      { path: "params/heads/0/kernel", expected: "shape [1, 1, 1, 1]", found: "shape [1, 1, 3, 1]" },
      { path: "params/heads/0/bias", expected: "shape [1]", found: "nothing" },
      { path: "params/heads/4/bias", expected: "no such path", found: "params/heads/4/bias" },
    ])
    disposeTrainState(state)
  })
})
