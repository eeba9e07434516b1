import { beforeAll, describe, expect, it } from "vitest"
import { lossValue, lossValueAndGradient } from "../../src/laws/evaluate.ts"
import { type LossCase, row } from "../../src/laws/lossCase.ts"
import { type TverskyOptions, tversky } from "../../src/losses/tversky.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { golden } from "./golden.ts"

beforeAll(useJavascriptEngine)

const recall: TverskyOptions = { falsePositive: 0.3, falseNegative: 0.7, smooth: 1e-5, over: "image" }
/** A smoothing that is easy to follow by hand. */
const one: TverskyOptions = { ...recall, smooth: 1 }

describe("tversky", () => {
  it("weighs false positives and false negatives apart", () => {
    // p = 3/4 on both pixels: TP = 3/4, FN = 1/4, FP = 3/4. Errors 0.3 x 3/4 + 0.7 x 1/4 = 0.4, over
    // 3/4 + 0.4 + 1 = 2.15; with the weights exchanged 0.6 over 2.35.
    const of = row([Math.log(3), Math.log(3)], [1, 0])
    expectClose(lossValue(tversky(one), of), 0.4 / 2.15, { relative: 1e-6 })
    const precision = { ...one, falsePositive: 0.7, falseNegative: 0.3 }
    expectClose(lossValue(tversky(precision), of), 0.6 / 2.35, { relative: 1e-6 })
  })

  it("has the gradient of a quotient, times p (1 - p)", () => {
    // p = 1/2 twice: TP = FN = FP = 1/2. Errors E = 1/2, loss E / (1/2 + E + 1) = E / 2.
    // Foreground, by p: E' = -0.7, TP' = 1: -0.7 / 2 - (1/2) (1 - 0.7) / 4 = -0.3875.
    // Background: E' = 0.3: 0.3 / 2 - (1/2) 0.3 / 4 = 0.1125. Both times 1/4.
    const { value, gradient } = lossValueAndGradient(tversky(one), row([0, 0], [1, 0]))
    expectClose(value, 1 / 4, { relative: 1e-6 })
    expectClose(gradient, [-0.096875, 0.028125], { relative: 1e-6 })
  })

  it("averages over images, or takes the batch as one image", () => {
    // One pixel each, p = 1/2: 0.35 / (1/2 + 0.35 + 1) and 0.15 / (0.15 + 1); together 1/2 / (1/2 + 1/2 + 1).
    const of: LossCase = { shape: [2, 1, 1], logits: [0, 0], mask: [1, 0], second: [1, 0] }
    expectClose(lossValue(tversky(one), of), (0.35 / 1.85 + 0.15 / 1.15) / 2, { relative: 1e-6 })
    expectClose(lossValue(tversky({ ...one, over: "batch" }), of), 1 / 4, { relative: 1e-6 })
  })

  it("keeps its precision near a perfect prediction, where 1 - TI would be rounding", () => {
    // |z| = 20: 1 - p and p are 2.0611537e-9 each; loss that / (1 + s), gradient 0.7 and 0.3 of it.
    const { value, gradient } = lossValueAndGradient(tversky(recall), row([20, -20], [1, 0]))
    expectClose(value, 2.0611537e-9 / (1 + 1e-5), { relative: 1e-5 })
    expectClose(gradient, [-0.7 * 2.0611537e-9, 0.3 * 2.0611537e-9], { relative: 2e-5 })
  })

  it("goes from 0 for a perfect prediction to 1 for one that is all wrong", () => {
    expect(lossValue(tversky(recall), row([1e4, -1e4], [1, 0]))).toBe(0)
    const wrong = lossValueAndGradient(tversky(recall), row([-1e4, 1e4], [1, 0]))
    expectClose(wrong.value, 1 / (1 + 1e-5), { relative: 1e-6 })
    expectClose(wrong.gradient, [0, 0], {})
  })

  it("of an empty mask is a P / (a P + s)", () => {
    // P = 1: 0.3 / 1.3. Nothing predicted: 0.
    expectClose(lossValue(tversky(one), row([0, 0], [0, 0])), 0.3 / 1.3, { relative: 1e-6 })
    expect(lossValue(tversky(one), row([-1e4, -1e4], [0, 0]))).toBe(0)
  })

  it("does not see an error that weighs nothing", () => {
    const { value, gradient } = lossValueAndGradient(
      tversky({ ...recall, falsePositive: 0 }),
      row([1e4, 0.5], [1, 0]),
    )
    expectClose([value, ...gradient], [0, 0, 0], {})
  })

  it("of a soft mask counts a pixel in part", () => {
    // p = 1/2, y = 1/4: TP = 1/8, FP = 3/8, FN = 1/8: E = 0.3 x 3/8 + 0.7 / 8 = 0.2 over 0.125 + 0.2 + 1
    expectClose(lossValue(tversky(one), row([0], [0.25])), 0.2 / 1.325, { relative: 1e-6 })
  })

  it("meets the golden number", () => {
    expectClose(lossValue(tversky(recall), golden), 0.2376197028, { absolute: 1e-7 })
  })
})
