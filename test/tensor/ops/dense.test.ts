import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { dense } from "../../../src/tensor/ops/dense.ts"
import { ShapeError } from "../../../src/tensor/shape.ts"
import { expectClose } from "../../support/close.ts"
import { useJavascriptEngine } from "../../support/engine.ts"
import { expectGradients, expectNothingLeft, type Op, withGradients } from "../../support/opChecks.ts"
import { sines } from "../../support/sines.ts"

beforeAll(useJavascriptEngine)

const op: Op = (x, kernel, bias) => dense(x!, kernel as tf.Tensor2D, bias as tf.Tensor1D)

const inputs = (...batch: number[]) => [sines(0, [...batch, 4]), sines(2, [4, 3]), sines(3, [3])]

describe("dense", () => {
  it("multiplies each vector by the kernel and adds the bias", () => {
    // (1, 2) (1 2 3; 4 5 6) = (9, 12, 15).
    const kernel = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3])
    const y = dense(tf.tensor3d([1, 2, 0, 1], [1, 2, 2]), kernel, tf.tensor1d([10, 20, 30]))
    expect(y.arraySync()).toEqual([
      [
        [19, 32, 45],
        [14, 25, 36],
      ],
    ])
  })

  it.each([[[]], [[2]], [[2, 3]], [[2, 1, 3]]])("takes vectors in any order, as %j", (batch) => {
    const [x, kernel, bias] = inputs(...batch)
    const y = op(x!, kernel!, bias!)
    expect(y.shape).toEqual([...batch, 3])
    const flat = op(tf.reshape(x!, [-1, 4]), kernel!, bias!)
    expect([...y.dataSync()]).toEqual([...flat.dataSync()])
  })

  it("has the gradient of finite differences in x, kernel and bias", () => {
    expectGradients(op, inputs(2, 3))
  })

  it("has the gradients of tfjs's product of matrices", () => {
    const stock: Op = (x, kernel, bias) => tf.add(tf.matMul(x!, kernel!), bias!)
    const [found, expected] = [op, stock].map((f) => withGradients(f, inputs(5)))
    expect(found!.y).toEqual(expected!.y)
    found!.gradients.forEach((gradient, i) => {
      expectClose(gradient, expected!.gradients[i]!, { absolute: 1e-6 })
    })
  })

  it("names what does not fit", () => {
    const kernel = sines<tf.Rank.R2>(0, [4, 3])
    const attempt = () => dense(sines(0, [2, 3]), kernel, tf.ones([3]))
    expect(attempt).toThrow(ShapeError)
    expect(attempt).toThrow("dense with kernel [4, 3]: x: expected shape [..., 4], got [2, 3]")
    expect(() => dense(sines(0, [2, 4]), kernel, tf.ones([4]))).toThrow(
      "dense with kernel [4, 3]: bias: expected shape [3], got [4]",
    )
    expect(() => dense(sines(0, [2, 4]), kernel, sines(0, [3, 1]) as never)).toThrow(
      "bias: expected shape [3], got [3, 1]",
    )
    expect(() => dense(tf.scalar(1), kernel, tf.ones([3]))).toThrow("x: expected shape [..., 4], got []")
  })

  it("leaves no tensors behind", () => {
    expectNothingLeft(op, inputs(2, 3))
  })
})
