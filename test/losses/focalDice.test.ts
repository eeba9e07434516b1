import { beforeAll, describe, expect, it } from "vitest"
import { lossValue, lossValueAndGradient } from "../../src/laws/evaluate.ts"
import { type LossCase, row } from "../../src/laws/lossCase.ts"
import { type FocalDiceOptions, focalDice } from "../../src/losses/focalDice.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { golden } from "./golden.ts"

beforeAll(useJavascriptEngine)

const usual: FocalDiceOptions = { beta: 2, smooth: 1e-5, over: "image" }
/** A smoothing that is easy to follow by hand. */
const one: FocalDiceOptions = { ...usual, smooth: 1 }

describe("focalDice", () => {
  it("is one minus a root of Dice, of each image on its own", () => {
    // One pixel each, p = 1/2: D = (1 + 1) / (3/2 + 1) = 4/5 and 1 / (1/2 + 1) = 2/3; together 2/3.
    const of: LossCase = { shape: [2, 1, 1], logits: [0, 0], mask: [1, 0], second: [1, 0] }
    expectClose(lossValue(focalDice(one), of), 1 - (Math.sqrt(4 / 5) + Math.sqrt(2 / 3)) / 2, {
      relative: 1e-6,
    })
    expectClose(lossValue(focalDice({ ...one, over: "batch" }), of), 1 - Math.sqrt(2 / 3), { relative: 1e-6 })
  })

  it("has the gradient of softDice times D^(1 / beta - 1) / beta", () => {
    // softDice: D = 2/3, gradient -1/9 and 1/18 (worked in its test). Factor sqrt(3/2) / 2.
    const { gradient } = lossValueAndGradient(focalDice(one), row([0, 0], [1, 0]))
    const factor = Math.sqrt(3 / 2) / 2
    expectClose(gradient, [-factor / 9, factor / 18], { relative: 1e-6 })
  })

  it("pulls harder on an image that is missed than softDice does, and less on one that is nearly right", () => {
    const pullOn = (z: number) => (beta: number) =>
      Math.abs(lossValueAndGradient(focalDice({ ...usual, beta }), row([z, -4], [1, 0])).gradient[0]!)
    const [missed, found] = [pullOn(-3), pullOn(3)]
    expect(missed(2)).toBeGreaterThan(missed(1))
    expect(found(2)).toBeLessThan(found(1))
  })

  it("follows the chord where Dice is below 0.005", () => {
    // p = sigmoid(-8) = 3.3535013e-4 on the only pixel: D = (2 p + s) / (1 + p + s) = 6.8046e-4, far below.
    // Loss 1 - D / sqrt(0.005); by p: -(2 - D) / (1 + p + s) / sqrt(0.005), times p (1 - p).
    const p = 3.3535013e-4
    const dice = (2 * p + 1e-5) / (1 + p + 1e-5)
    const slope = (((2 - dice) / (1 + p + 1e-5)) * p * (1 - p)) / Math.sqrt(0.005)
    const { value, gradient } = lossValueAndGradient(focalDice(usual), row([-8], [1]))
    expectClose(value, 1 - dice / Math.sqrt(0.005), { relative: 1e-6 })
    expectClose(gradient, [-slope], { relative: 1e-5 })
  })

  it("goes from 0 for a perfect prediction to 1 for one that is all wrong, with finite gradients", () => {
    expect(lossValueAndGradient(focalDice(usual), row([1e4, -1e4], [1, 0])).value).toBe(0)
    const wrong = lossValueAndGradient(focalDice({ ...usual, beta: 100 }), row([-1e4, 1e4], [1, 0]))
    expectClose(wrong.value, 1 - (5e-6 / 0.005) * 0.005 ** 0.01, { relative: 1e-5 })
    expectClose(wrong.gradient, [0, 0], {})
  })

  it("of an empty mask is 0 when nothing is predicted", () => {
    expect(lossValue(focalDice(usual), row([-1e4, -1e4], [0, 0]))).toBe(0)
    // P = 1, s = 1: D = 1/2
    expectClose(lossValue(focalDice(one), row([0, 0], [0, 0])), 1 - Math.SQRT1_2, { relative: 1e-6 })
  })

  it("meets the golden numbers", () => {
    const { value, gradient } = lossValueAndGradient(focalDice(usual), golden)
    expectClose(value, 0.116817269, { absolute: 1e-7 })
    expectClose(gradient.slice(0, 4), [0.0021103, 0.00918419, -0.01826525, -0.0171696], { absolute: 1e-8 })
  })
})
