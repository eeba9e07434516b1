import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { softmaxCrossEntropy } from "../../../src/tensor/ops/softmaxCrossEntropy.ts"
import { ShapeError } from "../../../src/tensor/shape.ts"
import fixture from "../../fixtures/ops.json" with { type: "json" }
import { expectClose } from "../../support/close.ts"
import { useJavascriptEngine } from "../../support/engine.ts"
import { expectGradients, expectNothingLeft, type Op, withGradients } from "../../support/opChecks.ts"
import { sines } from "../../support/sines.ts"

beforeAll(useJavascriptEngine)

/** The class (7 i) % 4 of row i. */
const classes = () => tf.oneHot(tf.tensor1d([0, 3, 2, 1, 0, 3], "int32"), 4).toFloat() as tf.Tensor2D

const op: Op = (z) => softmaxCrossEntropy(z as tf.Tensor2D, classes())

const logits = () => tf.mul(sines<tf.Rank.R2>(0, [6, 4]), 2) as tf.Tensor2D

describe("softmaxCrossEntropy", () => {
  it("is minus the logarithm of the share of the row's class", () => {
    // Shares 1/4 and 3/4 of logits 0 and log 3; two equal logits cost log 2, whatever the label.
    const z = tf.tensor2d([0, Math.log(3), 5, 5], [2, 2])
    const labels = tf.tensor2d([1, 0, 0.5, 0.5], [2, 2])
    expectClose(softmaxCrossEntropy(z, labels).dataSync(), [Math.log(4), Math.log(2)], { absolute: 1e-6 })
    const slopes = tf.grad((z: tf.Tensor) => tf.sum(softmaxCrossEntropy(z as tf.Tensor2D, labels)))(z)
    expectClose(slopes.dataSync(), [-0.75, 0.75, 0, 0], { absolute: 1e-6 })
  })

  it("is exact where logits are far apart", () => {
    const z = tf.tensor2d([1e4, -1e4, -1e4, 1e4], [2, 2])
    const labels = tf.tensor2d([1, 0, 1, 0], [2, 2])
    expectClose(softmaxCrossEntropy(z, labels).dataSync(), [0, 2e4], { absolute: 0 })
  })

  it("does not change when a row's logits move together, and slopes sum to 0", () => {
    const value = op(logits())
    expectClose(op(tf.add(logits(), 3)).dataSync(), [...value.dataSync()], { absolute: 2e-6 })
    const slopes = tf.grad((z: tf.Tensor) => tf.sum(op(z)))(logits())
    expectClose(tf.sum(slopes, 1).dataSync(), [0, 0, 0, 0, 0, 0], { absolute: 1e-6 })
  })

  it("has the gradient of finite differences", () => {
    expectGradients(op, [logits()])
  })

  it("equals PyTorch's cross_entropy", () => {
    const expected = fixture.softmaxCrossEntropy
    const found = withGradients(op, [logits()])
    expectClose(found.y, expected.y, { absolute: 2e-6 })
    expectClose(found.gradients[0]!, expected.gradients[0]!, { absolute: 1e-6 })
  })

  it("names the shapes that do not fit", () => {
    const attempt = () => softmaxCrossEntropy(sines(0, [2, 3]), sines(0, [2, 4]))
    expect(attempt).toThrow(ShapeError)
    expect(attempt).toThrow("softmaxCrossEntropy: labels: expected shape [2, 3], got [2, 4]")
    const volumes = sines<tf.Rank.R3>(0, [2, 3, 4]) as never
    expect(() => softmaxCrossEntropy(volumes, volumes)).toThrow(
      "softmaxCrossEntropy: logits: expected shape [N, C], got [2, 3, 4]",
    )
  })

  it("leaves no tensors behind", () => {
    const labels = classes()
    expectNothingLeft((z) => softmaxCrossEntropy(z as tf.Tensor2D, labels), [logits()])
  })
})
