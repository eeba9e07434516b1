import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { globalNorm } from "../../src/optimizers/globalNorm.ts"
import { useJavascriptEngine } from "../support/engine.ts"

beforeAll(useJavascriptEngine)

describe("globalNorm", () => {
  it("is the length of all leaves taken as one vector", () => {
    // 1 + 4 + 4 + 16 = 25
    const tree = { a: tf.tensor1d([1, -2]), b: { c: tf.scalar(2), d: tf.tensor2d([4], [1, 1]) } }
    const norm = globalNorm(tree)
    expect(norm.shape).toEqual([])
    expect(norm.dataSync()[0]).toBe(5)
    expect(globalNorm({ a: tf.tensor1d([0, 0]) }).dataSync()[0]).toBe(0)
  })

  it("throws where there is no leaf", () => {
    expect(() => globalNorm({})).toThrow()
  })
})
