import { beforeAll, describe, expect, it } from "vitest"
import { lossValue, lossValueAndGradient } from "../../src/laws/evaluate.ts"
import { type LossCase, row } from "../../src/laws/lossCase.ts"
import { type JaccardOptions, jaccard } from "../../src/losses/jaccard.ts"
import { softDice } from "../../src/losses/softDice.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { golden } from "./golden.ts"

beforeAll(useJavascriptEngine)

const usual: JaccardOptions = { smooth: 1e-5, over: "image" }
/** A smoothing that is easy to follow by hand. */
const one: JaccardOptions = { ...usual, smooth: 1 }

describe("jaccard", () => {
  it("is one minus the intersection over the union", () => {
    // p = 3/4 on the foreground, 1/4 on the background: I = 3/4, union 2 - 3/4: 1 - (3/4 + 1) / (5/4 + 1) = 2/9
    const of = row([Math.log(3), -Math.log(3)], [1, 0])
    expectClose(lossValue(jaccard(one), of), 2 / 9, { relative: 1e-6 })
  })

  it("has the gradient of a quotient, times p (1 - p)", () => {
    // p = 1/2 twice: I = 1/2, union U = 3/2, loss (U - I) / (U + 1) = 2/5. On the foreground U does not move:
    // by p -1 / (5/2) = -2/5. On the background I does not: (1 - 2/5) / (5/2) = 6/25. Both times 1/4.
    const { value, gradient } = lossValueAndGradient(jaccard(one), row([0, 0], [1, 0]))
    expectClose(value, 2 / 5, { relative: 1e-6 })
    expectClose(gradient, [-1 / 10, 3 / 50], { relative: 1e-6 })
  })

  it("averages over images, or takes the batch as one image", () => {
    // One pixel each, p = 1/2: 1 - (1/2 + 1) / (1 + 1) = 1/4 and 1 - 1 / (1/2 + 1) = 1/3.
    // Together I = 1/2, union 3/2: 1 - (3/2) / (5/2) = 2/5.
    const of: LossCase = { shape: [2, 1, 1], logits: [0, 0], mask: [1, 0], second: [1, 0] }
    expectClose(lossValue(jaccard(one), of), (1 / 4 + 1 / 3) / 2, { relative: 1e-6 })
    expectClose(lossValue(jaccard({ ...one, over: "batch" }), of), 2 / 5, { relative: 1e-6 })
  })

  it("goes from 0 for a perfect prediction to 1 for one that is all wrong", () => {
    const perfect = lossValueAndGradient(jaccard(usual), row([1e4, -1e4], [1, 0]))
    expect(perfect.value).toBe(0)
    expectClose(perfect.gradient, [0, 0], {})
    const wrong = lossValueAndGradient(jaccard(usual), row([-1e4, 1e4], [1, 0]))
    expectClose(wrong.value, 2 / (2 + 1e-5), { relative: 1e-6 })
    expectClose(wrong.gradient, [0, 0], {})
  })

  it("is a function of the Dice loss with twice the smoothing", () => {
    const dice = lossValue(softDice({ smooth: 2, over: "image", squared: false }), golden)
    expectClose(lossValue(jaccard(one), golden), (2 * dice) / (1 + dice), { relative: 1e-6 })
  })

  it("of a soft mask is more than 0 where p = y", () => {
    // p = y = 1/2: I = 1/4, union 3/4: 1 - (5/4) / (7/4) = 2/7
    expectClose(lossValue(jaccard(one), row([0], [0.5])), 2 / 7, { relative: 1e-6 })
  })
})
