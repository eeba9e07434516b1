import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { atOf, lossValue, lossValueAndGradient } from "../../src/laws/evaluate.ts"
import { row } from "../../src/laws/lossCase.ts"
import { boundary } from "../../src/losses/boundary.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { golden } from "./golden.ts"

beforeAll(useJavascriptEngine)

describe("boundary", () => {
  const mask = [0, 0, 1, 1, 1]

  it("averages the probability times the signed distance", () => {
    // phi = 2 1 0 -1 -2; z = log 3: p = 3/4, else 1/2. 3/4 x 2 + 1/2 - 1/2 - 3/4 x 2 = 0; and with pixel 4 at p = 1/4,
    // 1 more: 1/5.
    const sure = Math.log(3)
    expectClose(lossValue(boundary(), row([sure, 0, 0, 0, sure], mask)), 0, { absolute: 1e-7 })
    expectClose(lossValue(boundary(), row([sure, 0, 0, 0, -sure], mask)), 0.2, { relative: 1e-6 })
  })

  it("has gradient phi p (1 - p) / N", () => {
    // p (1 - p) = 1/4 at z = 0; N = 5.
    const { gradient } = lossValueAndGradient(boundary(), row([0, 0, 0, 0, 0], mask))
    expectClose(gradient, [0.1, 0.05, 0, -0.05, -0.1], { absolute: 1e-7 })
  })

  it("is negative at its best, where p is the mask, and opposite where it is the rest", () => {
    const right = mask.map((y) => 1e4 * (2 * y - 1))
    // (0 - 1 - 2) / 5 and (2 + 1) / 5
    expectClose(lossValue(boundary(), row(right, mask)), -0.6, { relative: 1e-6 })
    expectClose(
      lossValue(
        boundary(),
        row(
          right.map((z) => -z),
          mask,
        ),
      ),
      0.6,
      { relative: 1e-6 },
    )
  })

  it("has no gradient for confident errors", () => {
    const { gradient } = lossValueAndGradient(boundary(), row([1e4, 50, 0, -50, -1e4], mask))
    expectClose(gradient, [0, 0, 0, 0, 0], { absolute: 1e-20 })
  })

  it("does not supervise images without border", () => {
    const ofOneSide = { ...row([3, -1, 2, 5], [0, 0, 1, 1]), shape: [2, 1, 2] as const }
    const { value, gradient } = lossValueAndGradient(boundary(), ofOneSide)
    expect(value).toBe(0)
    expectClose(gradient, [0, 0, 0, 0], {})
  })

  it("says so when the distance map is missing or has another shape", () => {
    tf.tidy(() => {
      const zeros = (rows: number) => tf.zeros<tf.Rank.R4>([1, rows, 2, 1])
      expect(() => boundary().apply({}, zeros(1), { mask: zeros(1) }, atOf())).toThrow(
        "boundary: the distance map is missing",
      )
      expect(() => boundary().apply({}, zeros(1), { mask: zeros(1), distance: zeros(2) }, atOf())).toThrow(
        "boundary: logits and distance map: expected shape [1, 1, 2, 1], got [1, 2, 2, 1]",
      )
    })
  })

  it("meets the golden number", () => {
    expectClose(lossValue(boundary(), golden), 0.0958166622, { absolute: 1e-8 })
  })
})
