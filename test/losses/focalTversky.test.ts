import { beforeAll, describe, expect, it } from "vitest"
import { lossValue, lossValueAndGradient } from "../../src/laws/evaluate.ts"
import { type LossCase, row } from "../../src/laws/lossCase.ts"
import { type FocalTverskyOptions, focalTversky } from "../../src/losses/focalTversky.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { golden } from "./golden.ts"

beforeAll(useJavascriptEngine)

const usual: FocalTverskyOptions = {
  falsePositive: 0.3,
  falseNegative: 0.7,
  smooth: 1e-5,
  over: "image",
  exponent: 0.75,
}
/** A root of a loss that is easy to follow by hand. */
const root: FocalTverskyOptions = { ...usual, smooth: 1, exponent: 0.5 }

describe("focalTversky", () => {
  it("raises 1 - TI to the exponent, of each image on its own", () => {
    // p = 1/2: errors 0.35 / (1/2 + 0.35 + 1) and 0.15 / (0.15 + 1); together 1/2 / (1/2 + 1/2 + 1) = 1/4.
    const of: LossCase = { shape: [2, 1, 1], logits: [0, 0], mask: [1, 0], second: [1, 0] }
    expectClose(lossValue(focalTversky(root), of), (Math.sqrt(0.35 / 1.85) + Math.sqrt(0.15 / 1.15)) / 2, {
      relative: 1e-6,
    })
    expectClose(lossValue(focalTversky({ ...root, over: "batch" }), of), 1 / 2, { relative: 1e-6 })
  })

  it("has the gradient of tversky times e (1 - TI)^(e - 1)", () => {
    // tversky: value 1/4, gradient -0.096875 and 0.028125 (worked in its test). Factor 1/2 / (1/2) = 1.
    const { value, gradient } = lossValueAndGradient(focalTversky(root), row([0, 0], [1, 0]))
    expectClose(value, 1 / 2, { relative: 1e-6 })
    expectClose(gradient, [-0.096875, 0.028125], { relative: 1e-6 })
  })

  it("has a finite gradient at a perfect prediction, where that of a power is NaN", () => {
    for (const exponent of [0.1, 0.5, 0.75, 1, 4 / 3, 3]) {
      const options = { ...usual, exponent }
      expect(lossValueAndGradient(focalTversky(options), row([1e4, -1e4], [1, 0]))).toEqual({
        value: 0,
        gradient: [-0, 0],
      })
    }
  })

  it("follows the chord below an error of 1e-7, and the power above", () => {
    // One sure background pixel beside one at z = -20, -15: p = 2.0611537e-9, 3.0590222e-7; 1 - TI = 0.3 p
    // (over 1 + s). Chord: x 1e-7^(-1/4) = 56.2341325 x.
    const of = (z: number) => row([1e4, z], [1, 0])
    const error = (p: number) => (0.3 * p) / (1 + 1e-5 + 0.3 * p)
    expectClose(lossValue(focalTversky(usual), of(-20)), 56.2341325 * error(2.0611537e-9), { relative: 1e-5 })
    expectClose(lossValue(focalTversky({ ...usual, falsePositive: 1 }), of(-15)), 3.0590222e-7 ** 0.75, {
      relative: 2e-5,
    })
  })

  it("of an empty mask is 0 when nothing is predicted and near 1 otherwise", () => {
    expect(lossValue(focalTversky(usual), row([-1e4, -1e4], [0, 0]))).toBe(0)
    // P = 1: (0.3 / (0.3 + 1e-5))^0.75
    expectClose(lossValue(focalTversky(usual), row([0, 0], [0, 0])), (0.3 / 0.30001) ** 0.75, {
      relative: 1e-6,
    })
  })

  it("meets the golden numbers on both sides of exponent 1", () => {
    expectClose(lossValue(focalTversky(usual), golden), 0.3403390923, { absolute: 1e-7 })
    expectClose(lossValue(focalTversky({ ...usual, exponent: 4 / 3 }), golden), 0.1471781245, {
      absolute: 1e-7,
    })
  })
})
