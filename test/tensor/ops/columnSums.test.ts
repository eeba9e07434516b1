import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { columnSums } from "../../../src/tensor/ops/columnSums.ts"
import { useJavascriptEngine } from "../../support/engine.ts"

beforeAll(useJavascriptEngine)

describe("columnSums", () => {
  it("sums over all axes but the last", () => {
    const x = tf.tensor3d([1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60], [1, 6, 2])
    const before = tf.memory().numTensors
    const sums = columnSums(x)
    expect([...sums.dataSync()]).toEqual([21, 210])
    expect(tf.memory().numTensors).toBe(before + 1)
    expect([...columnSums(tf.reshape(x, [3, 1, 4])).dataSync()]).toEqual([9, 90, 12, 120])
    expect([...columnSums(tf.tensor1d([1, 2, 3])).dataSync()]).toEqual([1, 2, 3])
  })
})
