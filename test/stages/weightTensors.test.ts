import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { trainStateToArrays } from "../../src/stages/training/trainState.ts"
import { tensorsOf } from "../../src/stages/weightTensors.ts"
import { useJavascriptEngine } from "../support/engine.ts"

beforeAll(useJavascriptEngine)

const weights = {
  "params/encoder/0/kernel": { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) },
  "params/bias": { shape: [], data: Float32Array.of(7) },
  "state/mean": { shape: [2], data: Float32Array.of(8, 9) },
}

describe("tensorsOf", () => {
  it("gives every array its shape and place, as tensors that are freed together", () => {
    const before = tf.memory().numTensors
    const { trees, dispose } = tensorsOf(weights)
    expect(trainStateToArrays(trees)).toEqual(weights)
    expect(Object.keys(trees)).toEqual(["params", "state"])
    dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  it("has an empty tree where a network has no weights of a kind", () => {
    const { trees, dispose } = tensorsOf({ "params/bias": weights["params/bias"] })
    expect(Object.keys(trees.params)).toEqual(["bias"])
    expect(trees.state).toEqual({})
    dispose()
    expect(tensorsOf({ "state/mean": weights["state/mean"] }).trees.params).toEqual({})
    expect(tensorsOf({}).trees).toEqual({ params: {}, state: {} })
  })
})
