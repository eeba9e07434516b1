import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { layerNorm } from "../../../src/tensor/ops/layerNorm.ts"
import { ShapeError } from "../../../src/tensor/shape.ts"
import fixture from "../../fixtures/ops.json" with { type: "json" }
import { expectClose } from "../../support/close.ts"
import { useJavascriptEngine } from "../../support/engine.ts"
import { expectGradients, expectNothingLeft, type Op, withGradients } from "../../support/opChecks.ts"
import { sines } from "../../support/sines.ts"

beforeAll(useJavascriptEngine)

const op =
  (epsilon: number): Op =>
  (x, scale, offset) =>
    layerNorm(x!, scale as tf.Tensor1D, offset as tf.Tensor1D, epsilon)

const inputs = () => [tf.mul(sines(0, [2, 3, 5]), 2), sines(2, [5]), sines(3, [5])]

describe("layerNorm", () => {
  it("normalises each row by its own biased moments", () => {
    // Row (1, 3, 5, 7): mean 4, biased variance 20 / 4 = 5; epsilon 4 makes the root 3. Row (0, 0, 0, 12): mean 3,
    // variance (27 + 81) / 4 = 27, root sqrt(31).
    const x = tf.tensor2d([1, 3, 5, 7, 0, 0, 0, 12], [2, 4])
    const y = layerNorm(x, tf.tensor1d([3, 3, 3, 6]), tf.tensor1d([0, 0, 1, 0]), 4)
    const root = Math.sqrt(31)
    expectClose(y.dataSync(), [-3, -1, 2, 6, -9 / root, -9 / root, 1 - 9 / root, 54 / root], {
      absolute: 1e-6,
    })
  })

  it("gives the offset for a constant row, and no gradient beyond rounding", () => {
    const offset = tf.tensor1d([1, 2, 3])
    const constant = tf.fill([1, 3], 7) as tf.Tensor
    const f = (x: tf.Tensor) => layerNorm(x, tf.ones([3]), offset, 1e-5)
    expect([...f(constant).dataSync()]).toEqual([1, 2, 3])
    const gradient = tf.grad((x) => tf.sum(f(x)))(constant)
    expectClose(gradient.dataSync(), [0, 0, 0], { absolute: 1e-6 })
  })

  it("does not change when a row is moved or stretched", () => {
    const [x, scale, offset] = inputs()
    const moved = op(1e-12)(tf.add(tf.mul(x!, 3), 5), scale!, offset!)
    expectClose(moved.dataSync(), [...op(1e-12)(x!, scale!, offset!).dataSync()], { absolute: 1e-5 })
  })

  it("has the gradient of finite differences in x, scale and offset", () => {
    expectGradients(op(0.1), inputs())
  })

  it.each([1e-5, 0.1])("equals PyTorch's layer_norm, with epsilon %f", (epsilon) => {
    const expected = fixture.layerNorm[String(epsilon) as "0.1"] ?? fixture.layerNorm["1e-05"]
    const found = withGradients(op(epsilon), inputs())
    expectClose(found.y, expected.y, { absolute: 2e-6 })
    found.gradients.forEach((gradient, i) => {
      expectClose(gradient, expected.gradients[i]!, { absolute: 2e-6 })
    })
  })

  it("names the vector that does not fit", () => {
    const attempt = () => layerNorm(sines(0, [2, 3]), tf.ones([3]), tf.ones([2]), 1e-5)
    expect(attempt).toThrow(ShapeError)
    expect(attempt).toThrow("layerNorm of x [2, 3]: offset: expected shape [3], got [2]")
    expect(() => layerNorm(sines(0, [2, 3]), sines(0, [3, 1]) as never, tf.ones([3]), 1e-5)).toThrow(
      "layerNorm of x [2, 3]: scale: expected shape [3], got [3, 1]",
    )
    expect(() => layerNorm(tf.scalar(1), tf.ones([1]), tf.ones([1]), 1e-5)).toThrow(
      "layerNorm of x []: scale: expected shape [C], got [1]",
    )
  })

  it("leaves no tensors behind", () => {
    expectNothingLeft(op(1e-5), inputs())
  })
})
