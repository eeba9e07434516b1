import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { sumOfSquares } from "../../../src/tensor/ops/sumOfSquares.ts"
import { useJavascriptEngine } from "../../support/engine.ts"
import { useTensorflowEngine, whyNoTensorflow } from "../../support/tensorflow.ts"

const cases = () => {
  it("adds the squares of all entries, whatever the shape", () => {
    expect(
      sumOfSquares(
        tf.tensor2d([
          [1, -2],
          [3, 0.5],
        ]),
      ).dataSync()[0],
    ).toBe(14.25)
    expect(sumOfSquares(tf.scalar(-3)).dataSync()[0]).toBe(9)
    expect(sumOfSquares(tf.zeros([0, 3])).dataSync()[0]).toBe(0)
  })

  it("is exact to float32 over a million entries", () => {
    const x = tf.fill([1000, 1000], 0.1)
    expect(sumOfSquares(x).dataSync()[0]! / 1e4).toBeCloseTo(1, 5)
  })

  it("does not hide what is not finite", () => {
    expect(sumOfSquares(tf.tensor1d([1, Number.NaN])).dataSync()[0]).toBeNaN()
    expect(sumOfSquares(tf.tensor1d([1, -Infinity])).dataSync()[0]).toBe(Infinity)
  })
}

describe("sumOfSquares, on the JavaScript engine", () => {
  beforeAll(useJavascriptEngine)
  cases()
})

describe.skipIf(whyNoTensorflow !== null)(
  `sumOfSquares, on TensorFlow's engine ${whyNoTensorflow ?? ""}`,
  () => {
    beforeAll(useTensorflowEngine)
    cases()
  },
)
