import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { columnSums } from "../../../src/tensor/ops/columnSums.ts"
import { useJavascriptEngine } from "../../support/engine.ts"

beforeAll(useJavascriptEngine)

describe("columnSums", () => {
  it("sums over all axes but the last", () => {
    const x = tf.tensor3d([1, 10, 2, 20, 3, 30, 4, 40], [2, 2, 2])
    const before = tf.memory().numTensors
    const sums = columnSums(x)
    expect([...sums.dataSync()]).toEqual([10, 100])
    expect(tf.memory().numTensors).toBe(before + 1)
  })
})
