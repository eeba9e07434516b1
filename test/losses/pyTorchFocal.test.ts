import { test as property } from "@fast-check/vitest"
import * as tf from "@tensorflow/tfjs-core"
import fc from "fast-check"
import { beforeAll, describe, expect, it } from "vitest"
import { bce } from "../../src/losses/bce.ts"
import { type PyTorchFocalOptions, pyTorchFocal } from "../../src/losses/pyTorchFocal.ts"
import { extremeLogit, lossCase, shuffled } from "../support/arbitraries.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { expectGradientOf } from "../support/gradientCheck.ts"
import { complement, lossValue, lossValueAndGradient, row } from "../support/lossCase.ts"
import { golden } from "./golden.ts"
import { numericGradient } from "./plain/numericGradient.ts"
import { plainFocal } from "./plain/plainFocal.ts"
import { sigmoid } from "./plain/scalar.ts"

beforeAll(useJavascriptEngine)

const usual: PyTorchFocalOptions = { alpha: 0.25, gamma: 2, input: "logits" }
const asTrained: PyTorchFocalOptions = { ...usual, input: "probabilities-as-logits" }
const exponents = fc.constantFrom(0, 0.3, 0.5, 1, 2, 5)

describe("pyTorchFocal", () => {
  it("shrinks the cross-entropy of a pixel that is nearly right", () => {
    // z = log 3, truth 1: p_t = 3/4, so 0.25 (1/4)^2 log(4/3)
    expectClose(lossValue(pyTorchFocal(usual), row([Math.log(3)], [1])), (0.25 / 16) * Math.log(4 / 3), {
      relative: 1e-5,
    })
  })

  it("weighs both classes alike: alpha is a factor, not a balance", () => {
    const of = row([1], [1])
    expectClose(lossValue(pyTorchFocal(usual), complement(of)), lossValue(pyTorchFocal(usual), of), {
      relative: 1e-6,
    })
  })

  it("as trained cannot fall below a floor, however good the network", () => {
    // sigmoid(z) in {0, 1} is taken for a logit: foreground costs (1 - s(1))^2 log(1/s(1)) / 4 with
    // s(1) = 0.7310586, that is 0.0723295 x 0.3132617 / 4; background costs (1/2)^2 log(2) / 4.
    expectClose(lossValue(pyTorchFocal(asTrained), row([1e4], [1])), 0.005664515, { relative: 1e-6 })
    expectClose(lossValue(pyTorchFocal(asTrained), row([-1e4], [0])), Math.LN2 / 16, { relative: 1e-6 })
  })

  it("stays finite with an exponent below 1 where p rounds to 1", () => {
    const { value, gradient } = lossValueAndGradient(
      pyTorchFocal({ ...usual, gamma: 0.5 }),
      row([30, 1e4, -1e4], [1, 1, 1]),
    )
    expectClose(value, (0.25 * 1e4) / 3, { relative: 1e-6 })
    // At s = 30, per pixel: -exp(-1.5 x 30) (1 + 0.5 x ...) ~ -4.3e-20; below 1e-18 in any case.
    expect(Math.abs(gradient[0]!)).toBeLessThan(1e-18)
    expectClose(gradient.slice(1), [0, -0.25 / 3], { absolute: 1e-7 })
  })

  property.prop([lossCase(extremeLogit), exponents], { numRuns: 50 })(
    "equals plain loops in float64",
    (of, gamma) => {
      const value = lossValue(pyTorchFocal({ ...usual, gamma }), of)
      expectClose(value, plainFocal(of, 0.25, gamma), { relative: 1e-5, absolute: 1e-7 })
    },
  )

  property.prop([lossCase(extremeLogit)], { numRuns: 25 })(
    "as trained is itself on the probabilities",
    (of) => {
      const probabilities = { ...of, logits: of.logits.map(sigmoid) }
      expectClose(lossValue(pyTorchFocal(asTrained), of), plainFocal(probabilities, 0.25, 2), {
        relative: 1e-5,
      })
    },
  )

  property.prop([lossCase(), exponents], { numRuns: 25 })("has the gradient of plain loops", (of, gamma) => {
    const { gradient } = lossValueAndGradient(pyTorchFocal({ ...usual, gamma }), of)
    expectClose(
      gradient,
      numericGradient((at) => plainFocal(at, 0.25, gamma), of),
      { absolute: 1e-6 },
    )
  })

  property.prop([lossCase()], { numRuns: 25 })("without focus is alpha times cross-entropy", (of) => {
    expectClose(lossValue(pyTorchFocal({ ...usual, gamma: 0 }), of), 0.25 * lossValue(bce(), of), {
      absolute: 1e-6,
    })
  })

  property.prop([lossCase(extremeLogit), exponents, exponents], { numRuns: 25 })(
    "never rises with gamma and stays within [0, alpha bce]",
    (of, first, second) => {
      const [low, high] = [Math.min(first, second), Math.max(first, second)].map((gamma) =>
        lossValue(pyTorchFocal({ ...usual, gamma }), of),
      )
      expect(high).toBeGreaterThanOrEqual(0)
      expect(high).toBeLessThanOrEqual(low! * (1 + 1e-6))
      expect(low).toBeLessThanOrEqual(0.25 * lossValue(bce(), of) * (1 + 1e-6))
    },
  )

  property.prop([shuffled(lossCase())], { numRuns: 25 })("ignores where a pixel is", ([of, reordered]) => {
    expectClose(lossValue(pyTorchFocal(usual), reordered), lossValue(pyTorchFocal(usual), of), {
      absolute: 1e-6,
    })
  })

  property.prop([lossCase(), fc.constantFrom(usual, asTrained)], { numRuns: 25 })(
    "has the gradient of its value",
    (of, options) => {
      expectGradientOf(pyTorchFocal(options), of)
    },
  )

  it("leaves no tensors behind", () => {
    const before = tf.memory().numTensors
    lossValueAndGradient(pyTorchFocal(asTrained), golden)
    expect(tf.memory().numTensors).toBe(before)
  })

  it("meets the golden numbers", () => {
    expectClose(lossValue(pyTorchFocal(usual), golden), 0.0127940947, { absolute: 1e-8 })
    const { value, gradient } = lossValueAndGradient(pyTorchFocal(asTrained), golden)
    expectClose(value, 0.032031651, { absolute: 1e-8 })
    expectClose(gradient.slice(0, 4), [0.00044829, 0.00254982, -0.00107763, -0.00081355], { absolute: 1e-8 })
  })
})
