import type * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { filled, grow, heNormal, shapesOf } from "../../src/models/leaf.ts"
import { rootKey } from "../../src/tensor/randomKey.ts"
import { useJavascriptEngine } from "../support/engine.ts"

beforeAll(useJavascriptEngine)

describe("a leaf", () => {
  it("of one value is a vector of it", () => {
    const leaf = filled(3, 0.5)
    expect(leaf.shape).toEqual([3])
    expect([...leaf(rootKey(1)).dataSync()]).toEqual([0.5, 0.5, 0.5])
  })

  it("by He's rule draws in order, with a deviation of sqrt(2 / fan-in)", () => {
    const leaf = heNormal([2, 3], 8)
    const draws = rootKey(5).draws()
    const tensor = leaf(rootKey(5))
    expect(tensor.shape).toEqual(leaf.shape)
    // sqrt(2 / 8) = 1/2
    expect(tensor.dataSync()).toEqual(Float32Array.from({ length: 6 }, () => 0.5 * draws.normal()))
  })
})

describe("a tree of leaves", () => {
  const tree = { conv: { kernel: heNormal([2, 2], 1), bias: filled(2, 0) }, head: heNormal([4], 1) }

  it("knows the shapes of its tensors by path", () => {
    expect(shapesOf(tree)).toEqual({ "conv/kernel": [2, 2], "conv/bias": [2], head: [4] })
  })

  it("grows each from the key of its path", () => {
    const key = rootKey(2)
    const grown = grow(tree, key) as { conv: { kernel: tf.Tensor; bias: tf.Tensor }; head: tf.Tensor }
    expect(grown.conv.kernel.dataSync()).toEqual(tree.conv.kernel(key.child("conv/kernel")).dataSync())
    expect(grown.head.dataSync()).toEqual(tree.head(key.child("head")).dataSync())
    expect([...grown.head.dataSync()]).not.toEqual([...grown.conv.kernel.dataSync()])
  })
})
