import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { atOf, lossValue, lossValueAndGradient } from "../../src/laws/evaluate.ts"
import { row } from "../../src/laws/lossCase.ts"
import { bce } from "../../src/losses/bce.ts"
import { ShapeError } from "../../src/tensor/shape.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { golden } from "./golden.ts"

beforeAll(useJavascriptEngine)

describe("bce", () => {
  it("is log 2 where the network does not know", () => {
    expectClose(lossValue(bce(), row([0, 0], [0, 1])), Math.LN2, { relative: 1e-6 })
  })

  it("averages -log of the true class's probability", () => {
    // z = log 3: p = 3/4. Truth 1 costs log(4/3), truth 0 costs log 4; mean (log 16/3) / 2.
    expectClose(lossValue(bce(), row([Math.log(3), Math.log(3)], [1, 0])), Math.log(16 / 3) / 2, {
      relative: 1e-6,
    })
  })

  it("has gradient (p - y) / N", () => {
    // p = 3/4, N = 2: (3/4 - 1) / 2 and (3/4 - 0) / 2
    const { gradient } = lossValueAndGradient(bce(), row([Math.log(3), Math.log(3)], [1, 0]))
    expectClose(gradient, [-0.125, 0.375], { absolute: 1e-7 })
  })

  it("costs |z| for a confident error and nothing for a confident hit", () => {
    expect(lossValueAndGradient(bce(), row([1e4, -1e4], [0, 0]))).toEqual({ value: 5e3, gradient: [0.5, 0] })
    expect(lossValueAndGradient(bce(), row([-1e4, 1e4], [1, 1]))).toEqual({
      value: 5e3,
      gradient: [-0.5, 0],
    })
  })

  it("refuses shapes that differ and names both", () => {
    const apply = () =>
      tf.tidy(() => bce().apply({}, tf.zeros([1, 2, 2, 1]), { mask: tf.zeros([1, 2, 3, 1]) }, atOf()))
    expect(apply).toThrow(ShapeError)
    expect(apply).toThrow("bce: logits and mask: expected shape [1, 2, 2, 1], got [1, 2, 3, 1]")
    expect(() =>
      tf.tidy(() => bce().apply({}, tf.zeros([1, 2, 2, 2]), { mask: tf.zeros([1, 2, 2, 2]) }, atOf())),
    ).toThrow("[B, H, W, 1]")
  })

  it("meets the golden numbers", () => {
    const { value, gradient } = lossValueAndGradient(bce(), golden)
    expectClose(value, 0.3269986404, { absolute: 1e-7 })
    expectClose(gradient.slice(0, 4), [0.00592823, 0.03361768, -0.0625, -0.04719258], { absolute: 1e-8 })
  })
})
