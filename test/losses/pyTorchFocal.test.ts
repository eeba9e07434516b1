import { test as property } from "@fast-check/vitest"
import fc from "fast-check"
import { beforeAll, describe, expect, it } from "vitest"
import { lossValue, lossValueAndGradient } from "../../src/laws/evaluate.ts"
import { complement, row } from "../../src/laws/lossCase.ts"
import { extremeLogit, lossCase } from "../../src/laws/lossCases.ts"
import { plainFocal } from "../../src/laws/plain/plainFocal.ts"
import { sigmoid } from "../../src/laws/plain/scalar.ts"
import { type PyTorchFocalOptions, pyTorchFocal } from "../../src/losses/pyTorchFocal.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { numericGradient } from "../support/numericGradient.ts"
import { golden } from "./golden.ts"

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

  it("meets the golden numbers", () => {
    expectClose(lossValue(pyTorchFocal(usual), golden), 0.0127940947, { absolute: 1e-8 })
    const { value, gradient } = lossValueAndGradient(pyTorchFocal(asTrained), golden)
    expectClose(value, 0.032031651, { absolute: 1e-8 })
    expectClose(gradient.slice(0, 4), [0.00044829, 0.00254982, -0.00107763, -0.00081355], { absolute: 1e-8 })
  })
})
