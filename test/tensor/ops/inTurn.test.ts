import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { inTurn } from "../../../src/tensor/ops/inTurn.ts"
import { useJavascriptEngine } from "../../support/engine.ts"

beforeAll(useJavascriptEngine)

describe("inTurn", () => {
  it("does one after the other, and frees what lies between, but not x", () => {
    const x = tf.tensor1d([1, 2])
    const before = tf.memory().numTensors
    const result = inTurn(x, tf.square, (at) => tf.add(at, 1), tf.neg)
    expect([...result.dataSync()]).toEqual([-2, -5])
    expect(x.isDisposed).toBe(false)
    expect(tf.memory().numTensors).toBe(before + 1)
  })

  it("frees each result as soon as the next is there", () => {
    const counts: number[] = []
    const step = (at: tf.Tensor) => {
      counts.push(tf.memory().numTensors)
      return tf.square(at)
    }
    const x = tf.tensor1d([1, 2])
    inTurn(x, step, step, step, step)
    // From the second on: x and one result.
    expect(counts.slice(1).map((count) => count - counts[0]!)).toEqual([1, 1, 1])
  })

  it("is x itself without steps", () => {
    const x = tf.scalar(3)
    expect(inTurn(x)).toBe(x)
  })
})
