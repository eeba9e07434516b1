import { test as property } from "@fast-check/vitest"
import * as tf from "@tensorflow/tfjs-core"
import fc from "fast-check"
import { beforeAll, describe, expect, it } from "vitest"
import { map } from "../../src/laws/evaluate.ts"
import { lossCase } from "../../src/laws/lossCases.ts"
import { plainHard } from "../../src/laws/plain/plainHard.ts"
import { dilate } from "../../src/tensor/dilate.ts"
import { useJavascriptEngine } from "../support/engine.ts"

beforeAll(useJavascriptEngine)

const dilated = (masks: readonly number[], shape: readonly [number, number, number], kernel: number) =>
  tf.tidy(() => [...dilate(map(masks, shape), kernel).dataSync()])

describe("dilate", () => {
  // A pixel at row 2, column 2 of 5 x 5, grown by kernel k, covers [2 - (k - 1 - floor(k/2)), 2 + floor(k/2)]:
  // k = 1: 2..2, k = 2: 2..3, k = 3: 1..3, k = 4: 1..4, along both axes.
  it.each([
    [1, 2, 2],
    [2, 2, 3],
    [3, 1, 3],
    [4, 1, 4],
    [5, 0, 4],
  ])("grows a pixel as OpenCV does with kernel %i", (kernel, from, to) => {
    const one = Array.from({ length: 25 }, (_, i) => (i === 12 ? 1 : 0))
    const square = one.map((_, i) => {
      const inside = (x: number) => x >= from && x <= to
      return inside(Math.floor(i / 5)) && inside(i % 5) ? 1 : 0
    })
    expect(dilated(one, [1, 5, 5], kernel)).toEqual(square)
  })

  it("cuts the square at the border", () => {
    expect(dilated([0, 0, 1], [1, 1, 3], 4)).toEqual([0, 1, 1])
    expect(dilated([1, 0, 0], [1, 1, 3], 4)).toEqual([1, 1, 1])
  })

  it("keeps images apart and works when the kernel is larger than the image", () => {
    expect(dilated([1, 0, 0, 0], [2, 1, 2], 9)).toEqual([1, 1, 0, 0])
  })

  property.prop([lossCase(), fc.integer({ min: 1, max: 6 })], { numRuns: 50 })(
    "equals plain loops",
    (of, kernel) => {
      const differing = of.mask.map((y, i) => Math.abs(y - of.second[i]!))
      expect(dilated(differing, of.shape, kernel)).toEqual(plainHard(of, kernel))
    },
  )

  it("has no gradient", () => {
    const gradient = tf.tidy(() => [
      ...tf
        .grad((x) => tf.sum(tf.mul(x, dilate(x as tf.Tensor4D, 3))))(tf.tensor4d([0, 1, 0], [1, 1, 3, 1]))
        .dataSync(),
    ])
    // d/dx of x times a constant 1
    expect(gradient).toEqual([1, 1, 1])
  })

  it("leaves no tensors behind", () => {
    const masks = tf.tensor4d([0, 1, 0], [1, 1, 3, 1])
    const before = tf.memory().numTensors
    tf.dispose(dilate(masks, 3))
    tf.dispose(dilate(masks, 1))
    expect(tf.memory().numTensors).toBe(before)
    tf.dispose(masks)
  })
})
