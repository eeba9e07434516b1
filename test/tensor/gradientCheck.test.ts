import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { gradientCheck } from "../../src/tensor/gradientCheck.ts"
import { stopGradient } from "../../src/tensor/stopGradient.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"

beforeAll(useJavascriptEngine)

const check = (f: (x: tf.Tensor1D) => tf.Scalar) =>
  tf.tidy(() => gradientCheck(f, tf.tensor1d([1, 2]), tf.tensor1d([1, -1])))

describe("gradientCheck", () => {
  it("finds the derivative along the direction", () => {
    // f = x^2 + y^2 at (1, 2) along (1, -1): 2 - 4 = -2
    const { analytic, numeric, error } = check((x) => tf.sum(tf.square(x)))
    expectClose([analytic, numeric], [-2, -2], { absolute: 1e-4 })
    expect(error).toBeLessThan(1e-4)
  })

  it("takes the central difference over the step, a hundredth unless another is given", () => {
    // Of x^3 at 1: ((1 + h)^3 - (1 - h)^3) / 2h = 3 + h^2, and the error h^2 over 1 + 3.
    const cube = (step?: number) =>
      tf.tidy(() =>
        gradientCheck((x) => tf.sum(tf.mul(x, tf.square(x))), tf.tensor1d([1]), tf.tensor1d([1]), step),
      )
    expectClose(cube(0.5).numeric, 3.25, { absolute: 1e-5 })
    expectClose(cube(0.5).error, 0.0625, { absolute: 1e-5 })
    expectClose(cube().numeric, 3 + 1e-4, { absolute: 3e-5 })
  })

  it("sees a gradient that is wrong", () => {
    // x stop(x) has value x^2 but gradient x: half of what it should be, so 1 over 5 + 3
    const { error } = check((x) => tf.sum(tf.mul(x, stopGradient(x))))
    expectClose(error, 1 / 8, { relative: 1e-3 })
  })

  it("weighs each entry by the direction, however long", () => {
    // 2 x 1 along 2 and 2 x 2 along -1/2: 4 - 2.
    const { analytic, numeric } = tf.tidy(() =>
      gradientCheck((x) => tf.sum(tf.square(x)), tf.tensor1d([1, 2]), tf.tensor1d([2, -0.5])),
    )
    expectClose([analytic, numeric], [2, 2], { absolute: 1e-4 })
  })

  it("has no sign: neither that of the value nor that of the slope", () => {
    const { error } = check((x) => tf.neg(tf.sum(tf.mul(x, stopGradient(x)))))
    expectClose(error, 1 / 8, { relative: 1e-3 })
  })

  it("has no error where value and derivative are zero", () => {
    expect(check((x) => tf.sum(tf.mul(x, 0))).error).toBe(0)
  })
})
