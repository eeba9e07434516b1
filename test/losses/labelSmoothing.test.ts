import { beforeAll, describe, it } from "vitest"
import { lossValue, lossValueAndGradient } from "../../src/laws/evaluate.ts"
import { row } from "../../src/laws/lossCase.ts"
import { bce } from "../../src/losses/bce.ts"
import { labelSmoothing } from "../../src/losses/labelSmoothing.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"

beforeAll(useJavascriptEngine)

const smoothed = (smoothing: number) => labelSmoothing(bce(), smoothing)

describe("labelSmoothing", () => {
  it("makes 1 - e / 2 and e / 2 the best predictions", () => {
    // e = 0.2: y' = 0.9 and 0.1, so z = log 9 and -log 9; both cost the entropy of 0.9.
    const { value, gradient } = lossValueAndGradient(smoothed(0.2), row([Math.log(9), -Math.log(9)], [1, 0]))
    expectClose(value, -0.9 * Math.log(0.9) - 0.1 * Math.log(0.1), { relative: 1e-6 })
    expectClose(gradient, [0, 0], { absolute: 1e-7 })
  })

  it("makes certainty cost e / 2 of its logit", () => {
    expectClose(lossValue(smoothed(0.2), row([100, -100], [1, 0])), 10, { relative: 1e-6 })
  })

  it("of 0 changes nothing", () => {
    const of = row([-1, 2], [1, 0])
    expectClose(lossValue(smoothed(0), of), lossValue(bce(), of), {})
  })
})
