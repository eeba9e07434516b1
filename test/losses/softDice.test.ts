import { beforeAll, describe, it } from "vitest"
import { lossValue, lossValueAndGradient } from "../../src/laws/evaluate.ts"
import { type LossCase, row } from "../../src/laws/lossCase.ts"
import { type SoftDiceOptions, softDice } from "../../src/losses/softDice.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { golden } from "./golden.ts"

beforeAll(useJavascriptEngine)

const usual: SoftDiceOptions = { smooth: 1e-5, over: "image", squared: false }
/** A smoothing that is easy to follow by hand. */
const one: SoftDiceOptions = { ...usual, smooth: 1 }

describe("softDice", () => {
  it("is one minus twice the intersection over the sum of the areas", () => {
    // p = 3/4 on the foreground, 1/4 on the background: I = 3/4, areas 1 + 1. 1 - (3/2 + 1) / (2 + 1) = 1/6
    const of = row([Math.log(3), -Math.log(3)], [1, 0])
    expectClose(lossValue(softDice(one), of), 1 / 6, { relative: 1e-6 })
  })

  it("sums squares in the denominator when told so", () => {
    // As above, but 9/16 + 1/16 + 1 = 13/8: 1 - (5/2) / (21/8) = 1/21
    const of = row([Math.log(3), -Math.log(3)], [1, 0])
    expectClose(lossValue(softDice({ ...one, squared: true }), of), 1 / 21, { relative: 1e-6 })
  })

  it("has the gradient of a quotient, times p (1 - p)", () => {
    // p = 1/2 twice, I = 1/2, S = 2, s = 1. By p: (1 - 2 y) / 3 - (S - 2 I) / 9 = -4/9 and 2/9; times 1/4.
    const { value, gradient } = lossValueAndGradient(softDice(one), row([0, 0], [1, 0]))
    expectClose(value, 1 / 3, { relative: 1e-6 })
    expectClose(gradient, [-1 / 9, 1 / 18], { relative: 1e-6 })
  })

  it("has, when squared, the gradient of that quotient", () => {
    // p = 1/2 twice, I = 1/2, S = 3/2, s = 1. By p: (2 p - 2 y) / (5/2) - (1/2) (2 p) / (25/4)
    // = -2/5 - 2/25 = -12/25 and 2/5 - 2/25 = 8/25; times 1/4.
    const { value, gradient } = lossValueAndGradient(softDice({ ...one, squared: true }), row([0, 0], [1, 0]))
    expectClose(value, 1 / 5, { relative: 1e-6 })
    expectClose(gradient, [-3 / 25, 2 / 25], { relative: 1e-6 })
  })

  it("averages over images, or takes the batch as one image", () => {
    // One pixel each, p = 1/2: 1 - (1 + 1) / (3/2 + 1) = 1/5 and 1 - 1 / (1/2 + 1) = 1/3.
    // Together I = 1/2, S = 2: 1 - (1 + 1) / (2 + 1) = 1/3.
    const of: LossCase = { shape: [2, 1, 1], logits: [0, 0], mask: [1, 0], second: [1, 0] }
    expectClose(lossValue(softDice(one), of), (1 / 5 + 1 / 3) / 2, { relative: 1e-6 })
    expectClose(lossValue(softDice({ ...one, over: "batch" }), of), 1 / 3, { relative: 1e-6 })
  })

  it("of an empty mask is P / (P + s)", () => {
    // p = 1/2 twice: P = 1
    expectClose(lossValue(softDice(one), row([0, 0], [0, 0])), 1 / 2, { relative: 1e-6 })
    expectClose(lossValue(softDice(usual), row([0, 0], [0, 0])), 1 / (1 + 1e-5), { relative: 1e-6 })
  })

  it("pulls at most by 1/4 towards an empty mask, where the predicted area is the smoothing", () => {
    // One pixel, P = p = s = 1e-5: dL/dz = s / (P + s)^2 p (1 - p) = (1 - p) / 4
    const { value, gradient } = lossValueAndGradient(softDice(usual), row([Math.log(1e-5 / (1 - 1e-5))], [0]))
    expectClose(value, 1 / 2, { relative: 1e-5 })
    expectClose(gradient, [(1 - 1e-5) / 4], { relative: 1e-5 })
  })

  it("has no gradient where the network is sure and wrong", () => {
    const { value, gradient } = lossValueAndGradient(softDice(usual), row([-1e4, 1e4], [1, 0]))
    expectClose(value, 2 / (2 + 1e-5), { relative: 1e-6 })
    expectClose(gradient, [0, 0], {})
  })

  it("of a soft mask is least where p = y only when squared", () => {
    // p = y = 1/2. Plain: I = 1/4, S = 1: 1 - (1/2 + 1) / (1 + 1) = 1/4. Squared: S = 1/2 = 2 I.
    const of = row([0], [0.5])
    expectClose(lossValue(softDice(one), of), 1 / 4, { relative: 1e-6 })
    const squared = lossValueAndGradient(softDice({ ...one, squared: true }), of)
    expectClose([squared.value, ...squared.gradient], [0, 0], { absolute: 1e-7 })
  })

  it("meets the golden numbers", () => {
    const { value, gradient } = lossValueAndGradient(softDice(usual), golden)
    expectClose(value, 0.2199882637, { absolute: 1e-7 })
    expectClose(gradient.slice(0, 4), [0.00372757, 0.01622264, -0.0322631, -0.0303278], { absolute: 1e-8 })
    expectClose(lossValue(softDice({ ...usual, squared: true }), golden), 0.093276105, { absolute: 1e-7 })
  })
})
