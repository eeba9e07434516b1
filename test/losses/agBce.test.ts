import { test as property } from "@fast-check/vitest"
import * as tf from "@tensorflow/tfjs-core"
import fc from "fast-check"
import { beforeAll, describe, expect, it } from "vitest"
import { atOf, lossValue, lossValueAndGradient } from "../../src/laws/evaluate.ts"
import { row } from "../../src/laws/lossCase.ts"
import { lossCase } from "../../src/laws/lossCases.ts"
import { plainAgBce } from "../../src/laws/plain/plainAgBce.ts"
import { type AgBceOptions, agBce } from "../../src/losses/agBce.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { numericGradient } from "../support/numericGradient.ts"
import { golden } from "./golden.ts"

beforeAll(useJavascriptEngine)

const reference: AgBceOptions = { kernel: 1, hardWeight: 4, form: "reference" }
const anyOptions: fc.Arbitrary<AgBceOptions> = fc.record({
  kernel: fc.integer({ min: 1, max: 4 }),
  hardWeight: fc.constantFrom(0, 0.5, 1, 4),
  form: fc.constantFrom("reference", "logits"),
})

describe("agBce", () => {
  it("weighs a hard pixel four times an easy one", () => {
    // z = 0: every pixel costs log(2) / 2. One of two pixels is hard: (0.2 + 0.8) / 2 of that.
    expectClose(lossValue(agBce(reference), row([0, 0], [1, 0], [0, 0])), Math.LN2 / 4, { relative: 1e-5 })
    // None is hard: 0.2 of it.
    expectClose(lossValue(agBce(reference), row([0, 0], [1, 0])), Math.LN2 / 10, { relative: 1e-5 })
  })

  it("lets the hard region grow with the kernel", () => {
    // Pixel 0 of three is hard; kernel 2 adds pixel 1, kernel 4 adds pixel 2: weights sum to 1.2, 1.8, 2.4.
    const of = row([0, 0, 0], [1, 0, 0], [0, 0, 0])
    const valueWith = (kernel: number) => lossValue(agBce({ ...reference, kernel }), of)
    expectClose(
      [1, 2, 4].map(valueWith),
      [1.2, 1.8, 2.4].map((sum) => (sum * Math.LN2) / 6),
      { relative: 1e-5 },
    )
  })

  it("has next to no gradient for a confident error in the reference form, and all of it in the other", () => {
    // One agreed pixel: cross-entropy's gradient would be -0.5 x 0.2 = -0.1. In the reference form it is
    // p (1 - p) / (p + 1e-6) of that: a half at p = 1e-6 (z = -13.8155), nothing where p is 0.
    const slopeAt = (z: number, form: AgBceOptions["form"]) =>
      lossValueAndGradient(agBce({ ...reference, form }), row([z], [1])).gradient
    expectClose(slopeAt(Math.log(1e-6), "reference"), [-0.05], { relative: 1e-4 })
    expectClose(slopeAt(-1e4, "reference"), [0], {})
    expectClose(slopeAt(-1e4, "logits"), [-0.1], { relative: 1e-6 })
  })

  it("stays within the range of its form at extreme logits", () => {
    expectClose(lossValue(agBce(reference), row([-1e4], [1])), 0.1 * -Math.log(1e-6), { relative: 1e-5 })
    expectClose(lossValue(agBce(reference), row([1e4], [1])), -1e-7, { absolute: 5e-8 })
    expectClose(lossValue(agBce({ ...reference, form: "logits" }), row([-1e4], [1])), 1e3, { relative: 1e-6 })
  })

  property.prop([lossCase(), anyOptions], { numRuns: 25 })(
    "has the gradient of plain loops",
    (of, options) => {
      const { gradient } = lossValueAndGradient(agBce(options), of)
      expectClose(
        gradient,
        numericGradient((at) => plainAgBce(at, options), of),
        { absolute: 1e-6 },
      )
    },
  )

  it("says so when the second annotator's mask is missing or has another shape", () => {
    const logits = tf.zeros<tf.Rank.R4>([1, 1, 2, 1])
    const mask = tf.zeros<tf.Rank.R4>([1, 1, 2, 1])
    const second = tf.zeros<tf.Rank.R4>([1, 2, 1, 1])
    const at = atOf()
    expect(() => agBce(reference).apply({}, logits, { mask }, at)).toThrow(
      "agBce: the second annotator's mask is missing",
    )
    expect(() => agBce(reference).apply({}, logits, { mask, second }, at)).toThrow(
      "agBce: logits and second mask: expected shape [1, 1, 2, 1], got [1, 2, 1, 1]",
    )
    tf.dispose([logits, mask, second, at.progress, at.key])
  })

  it("meets the golden numbers", () => {
    const { value, gradient } = lossValueAndGradient(agBce(reference), golden)
    expectClose(value, 0.0462689699, { absolute: 1e-7 })
    expectClose(gradient.slice(0, 4), [0.00059282, 0.01344705, -0.00624999, -0.00471925], { absolute: 1e-8 })
    expectClose(lossValue(agBce({ ...reference, hardWeight: 1 }), golden), 0.081749304, { absolute: 1e-7 })
  })
})
