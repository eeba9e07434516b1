import { beforeAll, describe, it } from "vitest"
import { lossValue, lossValueAndGradient } from "../../src/laws/evaluate.ts"
import { row } from "../../src/laws/lossCase.ts"
import { weightedBce } from "../../src/losses/weightedBce.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"

beforeAll(useJavascriptEngine)

const triple = weightedBce({ foregroundWeight: 3 })

describe("weightedBce", () => {
  it("weighs the foreground's term alone, and divides by pixels, not by weights", () => {
    // z = log 3: p = 3/4. Truth 1 costs 3 log(4/3), truth 0 costs log 4.
    // Gradients: -3 (1 - p) / 2 and p / 2.
    const { value, gradient } = lossValueAndGradient(triple, row([Math.log(3), Math.log(3)], [1, 0]))
    expectClose(value, (3 * Math.log(4 / 3) + Math.log(4)) / 2, { relative: 1e-6 })
    expectClose(gradient, [-0.375, 0.375], { relative: 1e-6 })
  })

  it("moves the best prediction of a soft pixel from y to w y / (w y + 1 - y)", () => {
    // y = 1/2, w = 3: 1.5 / 2 = 3/4, so z = log 3; cost 1.5 log(4/3) + 0.5 log 4
    const { value, gradient } = lossValueAndGradient(triple, row([Math.log(3)], [0.5]))
    expectClose(value, 1.5 * Math.log(4 / 3) + 0.5 * Math.log(4), { relative: 1e-6 })
    expectClose(gradient, [0], { absolute: 1e-6 })
  })

  it("costs w |z| for a confident miss, |z| for a false alarm and nothing for a hit", () => {
    const small = weightedBce({ foregroundWeight: 0.1 })
    const of = row([-1e4, 1e4, 1e4, -1e4], [1, 0, 1, 0])
    const { value, gradient } = lossValueAndGradient(small, of)
    expectClose(value, 1.1e4 / 4, { relative: 1e-6 })
    expectClose(gradient, [-0.025, 0.25, 0, 0], { relative: 1e-6, absolute: 1e-12 })
  })

  it("with weight 0 does not see the foreground", () => {
    expectClose(lossValue(weightedBce({ foregroundWeight: 0 }), row([-50, 5], [1, 1])), 0, {})
  })
})
