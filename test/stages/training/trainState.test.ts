import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { Failure } from "../../../src/failure/failure.ts"
import { fixed } from "../../../src/losses/loss.ts"
import { fullResolution } from "../../../src/losses/objective.ts"
import { unet } from "../../../src/models/unet.ts"
import { adam } from "../../../src/optimizers/adam.ts"
import { chain } from "../../../src/optimizers/chain.ts"
import { clipByGlobalNorm } from "../../../src/optimizers/clipByGlobalNorm.ts"
import { sgd } from "../../../src/optimizers/sgd.ts"
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

  it("starts network and objective from keys of their own, and the optimizer from both", () => {
    const seeds: (readonly number[])[] = []
    const [weight, own, mean] = [tf.scalar(1), tf.scalar(2), tf.scalar(3)]
    const given: unknown[] = []
    const state = initTrainState(
      {
        ...unet({ baseWidth: 1, depth: 3 }),
        init: (key) => {
          seeds.push(key.seedPair())
          return { params: { weight }, state: { mean } }
        },
      },
      {
        ...objective,
        init: (key) => {
          seeds.push(key.seedPair())
          return { own }
        },
      },
      {
        ...optimizer,
        init: (params) => {
          given.push(params)
          return { velocity: params }
        },
      },
      rootKey(7),
    )
    expect(seeds).toEqual(["model", "objective"].map((name) => rootKey(7).child(name).seedPair()))
    const both = { params: { weight }, objective: { own } }
    expect(given).toEqual([both])
    expect(state).toEqual({ ...both, state: { mean }, slots: { velocity: both } })
  })

  it("has empty trees where there is nothing to keep", () => {
    const empty = { params: {}, state: {}, objective: {}, slots: {} }
    expect(trainStateFromArrays(empty, {})).toEqual(empty)
    const plain = initTrainState(
      unet({ baseWidth: 1, depth: 3, batchNorm: false }),
      objective,
      sgd({ momentum: 0 }),
      rootKey(1),
    )
    const back = trainStateFromArrays(plain, trainStateToArrays(plain))
    expect([back.state, back.objective, back.slots]).toEqual([{}, {}, {}])
    expect(Object.keys(back.params)).toEqual(["encoder", "decoder", "heads"])
    disposeTrainState(plain)
    disposeTrainState(back)
  })

  it("refuses a checkpoint with a single fault, and says what to do", () => {
    const state = start()
    const { "params/heads/0/bias": _, ...arrays } = trainStateToArrays(state)
    expect(() => trainStateFromArrays(state, arrays)).toThrow(
      expect.objectContaining({
        kind: "data",
        problems: [
          {
            message: "the train state lacks params/heads/0/bias",
            path: "params/heads/0/bias",
            expected: "shape [1]",
            found: "nothing",
            fix: "the checkpoint belongs to another network or optimizer: remove it to train from the start",
          },
        ],
      }),
    )
    disposeTrainState(state)
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
