import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { lossValue, lossValueAndGradient } from "../../src/laws/evaluate.ts"
import { row } from "../../src/laws/lossCase.ts"
import { hausdorffDt } from "../../src/losses/hausdorffDt.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { golden } from "./golden.ts"

beforeAll(useJavascriptEngine)

const squared = hausdorffDt({ exponent: 2 })

describe("hausdorffDt", () => {
  const sure = Math.log(3) // p = 3/4
  const shifted = row([sure, sure, -sure, -sure], [0, 1, 1, 0])

  it("weighs squared errors by the distances to both borders, to a power", () => {
    // Squared errors 9 1 9 1 sixteenths. Distances: of the mask 1 1 1 1, of the prediction 2 1 1 2.
    // Weights with a = 2: 5 2 2 5, (45 + 2 + 18 + 5) / 64; with 1: 3 2 2 3, 50 / 64; with 0: 2 each, 40 / 64.
    const valueWith = (exponent: number) => lossValue(hausdorffDt({ exponent }), shifted)
    expectClose([2, 1, 0].map(valueWith), [70 / 64, 50 / 64, 40 / 64], { relative: 1e-6 })
    // 9 (sqrt 8 + 1) + 2 + 18 + sqrt 8 + 1 with 1.5
    expectClose(valueWith(1.5), (30 + 10 * Math.sqrt(8)) / 64, { relative: 1e-6 })
  })

  it("takes the distances for constants", () => {
    // 2 (p - y) p (1 - p) weight / 4 = (p - y) x 3/32 x weight
    const { gradient } = lossValueAndGradient(squared, shifted)
    const expected = [0.75 * 5, -0.25 * 2, -0.75 * 2, 0.25 * 5].map((v) => (v * 3) / 32)
    expectClose(gradient, expected, { relative: 1e-6 })
  })

  it("looks at each image of a batch alone", () => {
    const twice = { ...row([...shifted.logits, 30, 30, -30, -30], [...shifted.mask, 1, 1, 0, 0]) }
    // The second image is right: half of the first one's value.
    expectClose(lossValue(squared, { ...twice, shape: [2, 1, 4] }), 35 / 64, { relative: 1e-6 })
  })

  it("costs an empty mask nothing where the prediction has no border either, else what it predicts", () => {
    expect(lossValue(squared, row([-3, -1, -2], [0, 0, 0]))).toBe(0)
    expect(lossValue(squared, row([1e4, 1, 2], [0, 0, 0]))).toBe(0)
    expect(lossValue(squared, row([-1e4], [1]))).toBe(0)
    // p = 1 0 0, distances 1 1 2: 1 / 3.
    expectClose(lossValue(squared, row([1e4, -1e4, -1e4], [0, 0, 0])), 1 / 3, { relative: 1e-6 })
  })

  it("counts p = 1/2 as background", () => {
    // Prediction 0 0: no border; the mask's distances are 1 and 1. (1/4 + 0) / 2.
    expectClose(lossValue(squared, row([0, -1e4], [1, 0])), 1 / 8, { relative: 1e-6 })
  })

  it("stays finite at extreme logits", () => {
    const { value, gradient } = lossValueAndGradient(squared, row([1e4, -1e4, 1e4, -1e4], [0, 1, 1, 0]))
    // Both errors are 1, at distances 1 and 1 of the mask and of the prediction.
    expectClose(value, 1, { relative: 1e-6 })
    expectClose(gradient, [0, 0, 0, 0], { absolute: 1e-20 })
  })

  it("leaves no tensors behind", () => {
    const before = tf.memory().numTensors
    lossValueAndGradient(squared, golden)
    expect(tf.memory().numTensors).toBe(before)
  })

  it("meets the golden numbers", () => {
    const { value, gradient } = lossValueAndGradient(squared, golden)
    expectClose(value, 0.1896382816, { absolute: 1e-7 })
    expectClose(gradient.slice(0, 4), [0.00107127, 0.02643855, -0.0625, -0.04436173], { absolute: 1e-8 })
  })
})
