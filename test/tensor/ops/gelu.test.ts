import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, it } from "vitest"
import { gelu } from "../../../src/tensor/ops/gelu.ts"
import fixture from "../../fixtures/ops.json" with { type: "json" }
import { expectClose } from "../../support/close.ts"
import { useJavascriptEngine } from "../../support/engine.ts"
import { expectGradients, expectNothingLeft, type Op, withGradients } from "../../support/opChecks.ts"
import { sines } from "../../support/sines.ts"

beforeAll(useJavascriptEngine)

const op: Op = (x) => gelu(x!)

/** tfjs's own erf is Abramowitz and Stegun's 7.1.26, right to 1.5e-7. */
const ofErf = { absolute: 1e-6 }

describe("gelu", () => {
  it("is x times the share of a normal distribution below x", () => {
    // 84.1345 % lie below 1, so 15.8655 % below -1.
    expectClose(gelu(tf.tensor1d([-1, 0, 1])).dataSync(), [-0.1586553, 0, 0.8413447], ofErf)
    // Derivatives: share + x density, density(1) = 0.2419707.
    const { gradients } = withGradients((x) => gelu(x!), [tf.tensor1d([1])])
    expectClose(gradients[0]!, [(0.8413447 + 0.2419707) * Math.sin(1)], ofErf)
  })

  it("is x far to the right and 0 far to the left, with slopes 1 and 0", () => {
    const x = tf.tensor1d([-1e4, -30, -6, 6, 30, 1e4])
    expectClose(gelu(x).dataSync(), [0, 0, 0, 6, 30, 1e4], ofErf)
    const slopes = tf.grad((x: tf.Tensor) => tf.sum(gelu(x)))(x)
    expectClose(slopes.dataSync(), [0, 0, 0, 1, 1, 1], ofErf)
  })

  it("differs from its mirror image by x", () => {
    const x = tf.mul(sines(0, [50]), 4)
    expectClose(tf.sub(gelu(x), gelu(tf.neg(x))).dataSync(), [...x.dataSync()], { absolute: 2e-6 })
  })

  it("has the gradient of finite differences", () => {
    expectGradients(op, [tf.mul(sines(0, [4, 8]), 2)])
  })

  it("equals PyTorch's gelu", () => {
    const found = withGradients(op, [tf.mul(sines(0, [4, 8]), 2)])
    expectClose(found.y, fixture.gelu.y, ofErf)
    expectClose(found.gradients[0]!, fixture.gelu.gradients[0]!, ofErf)
  })

  it("leaves no tensors behind", () => {
    expectNothingLeft(op, [sines(0, [3])])
  })
})
