import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { resizeBilinear } from "../../../src/tensor/ops/resizeBilinear.ts"
import fixture from "../../fixtures/ops.json" with { type: "json" }
import { expectClose } from "../../support/close.ts"
import { useJavascriptEngine } from "../../support/engine.ts"
import { expectGradients, expectNothingLeft, type Op, withGradients } from "../../support/opChecks.ts"
import { sines } from "../../support/sines.ts"

beforeAll(useJavascriptEngine)

const to =
  (rows: number, columns: number): Op =>
  (x) =>
    resizeBilinear(x as tf.Tensor4D, [rows, columns])

const sizes = [
  [6, 8],
  [5, 3],
  [1, 9],
] as const

describe("resizeBilinear", () => {
  it("interpolates between corners that stay where they are", () => {
    // Columns 0, 1/2, 1 of 0 and 4; rows 0, 1/3, 2/3, 1 of that and of 6 and 10.
    const x = tf.tensor4d([0, 4, 6, 10], [1, 2, 2, 1])
    const y = tf.squeeze(resizeBilinear(x, [4, 3]))
    expectClose(y.dataSync(), [0, 2, 4, 2, 4, 6, 4, 6, 8, 6, 8, 10], { absolute: 1e-6 })
  })

  it("is the identity at its own size", () => {
    const x = sines<tf.Rank.R4>(0, [2, 5, 7, 3])
    expect([...resizeBilinear(x, [5, 7]).dataSync()]).toEqual([...x.dataSync()])
  })

  it("reproduces a plane", () => {
    const plane = (rows: number, columns: number) =>
      Array.from({ length: rows * columns }, (_, i) => {
        const [row, column] = [Math.floor(i / columns) / (rows - 1), (i % columns) / (columns - 1)]
        return 3 + 2 * row - 5 * column
      })
    const y = resizeBilinear(tf.tensor4d(plane(3, 4), [1, 3, 4, 1]), [8, 11])
    expectClose(y.dataSync(), plane(8, 11), { absolute: 1e-5 })
  })

  it("gives out in its gradient what it is given, no more and no less", () => {
    // The weights of each new pixel sum to 1, so the sum of the gradient is the sum of dy.
    const x = sines<tf.Rank.R4>(0, [1, 4, 4, 1])
    const gradient = tf.grad((x: tf.Tensor) => tf.sum(to(9, 6)(x)))(x)
    expectClose(tf.sum(gradient).dataSync(), [54], { absolute: 1e-4 })
  })

  it.each(sizes)("has the gradient of finite differences, to %i x %i", (rows, columns) => {
    expectGradients(to(rows, columns), [sines(0, [2, 3, 4, 2])])
  })

  it.each(sizes)("equals PyTorch's interpolate, to %i x %i", (rows, columns) => {
    const expected = fixture.resizeBilinear[`${rows}x${columns}` as "6x8"]
    const found = withGradients(to(rows, columns), [tf.mul(sines(0, [2, 3, 4, 2]), 2)])
    expectClose(found.y, expected.y, { absolute: 1e-6 })
    expectClose(found.gradients[0]!, expected.gradients[0]!, { absolute: 1e-6 })
  })

  it("refuses a size that is none", () => {
    const x = sines<tf.Rank.R4>(0, [1, 2, 2, 1])
    for (const size of [
      [0, 2],
      [2, 0],
      [2.5, 2],
      [2, Number.NaN],
    ] as const)
      expect(() => resizeBilinear(x, size)).toThrow(
        `resizeBilinear: rows and columns must be whole numbers from 1 on, got [${size}]`,
      )
  })

  it("leaves no tensors behind", () => {
    expectNothingLeft(to(4, 4), [sines(0, [1, 2, 2, 1])])
  })
})
