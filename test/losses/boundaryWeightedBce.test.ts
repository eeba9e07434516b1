import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { atOf, lossValue, lossValueAndGradient } from "../../src/laws/evaluate.ts"
import { row } from "../../src/laws/lossCase.ts"
import { boundaryWeightedBce } from "../../src/losses/boundaryWeightedBce.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"

beforeAll(useJavascriptEngine)

const loss = boundaryWeightedBce({ borderWeight: 3, sigmaPixels: 1 })

describe("boundaryWeightedBce", () => {
  it("weighs the pixels on both sides of the border most", () => {
    // From the border, less 1: 1, 0 | 0, 1, 2. Each pixel costs log 2 times 1 + 3 exp(-d^2 / 2),
    // and has the gradient (1/2 - y) times that, over 5.
    const weights = [1, 0, 0, 1, 2].map((d) => 1 + 3 * Math.exp(-(d ** 2) / 2))
    const { value, gradient } = lossValueAndGradient(loss, row([0, 0, 0, 0, 0], [1, 1, 0, 0, 0]))
    expectClose(value, (Math.LN2 * weights.reduce((sum, w) => sum + w)) / 5, { relative: 1e-6 })
    expectClose(
      gradient,
      weights.map((w, i) => ((i < 2 ? -1 : 1) * w) / 10),
      { relative: 1e-6 },
    )
  })

  it("measures distance in pixels along any direction", () => {
    // Only pixel (0, 0) is foreground. d: 0 for it and the two beside it, sqrt(2) - 1 for the fourth.
    const of = { shape: [1, 2, 2], logits: [0, 0, 0, 0], mask: [1, 0, 0, 0], second: [1, 0, 0, 0] } as const
    const diagonal = 1 + 3 * Math.exp(-((Math.SQRT2 - 1) ** 2) / 2)
    expectClose(lossValue(loss, of), (Math.LN2 * (12 + diagonal)) / 4, { relative: 1e-6 })
  })

  it("weighs by 1 where an image has no border, also beside one that has", () => {
    expectClose(lossValue(loss, row([0, 0], [0, 0])), Math.LN2, { relative: 1e-6 })
    expectClose(lossValue(loss, row([0, 0], [1, 1])), Math.LN2, { relative: 1e-6 })
    // Two images of two pixels: weights 1, 1 and 4, 4.
    const of = { shape: [2, 1, 2], logits: [0, 0, 0, 0], mask: [0, 0, 0, 1], second: [0, 0, 0, 1] } as const
    expectClose(lossValue(loss, of), Math.LN2 * 2.5, { relative: 1e-6 })
  })

  it("says so when the distance map is missing", () => {
    const apply = () =>
      tf.tidy(() => loss.apply({}, tf.zeros([1, 1, 2, 1]), { mask: tf.zeros([1, 1, 2, 1]) }, atOf()))
    expect(apply).toThrow("boundaryWeightedBce: the distance map is missing")
  })
})
