import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { conv, upConv } from "../../src/models/conv.ts"
import { convBlock } from "../../src/models/convBlock.ts"
import { grow, shapesOf } from "../../src/models/leaf.ts"
import { norm } from "../../src/models/norm.ts"
import { rootKey } from "../../src/tensor/randomKey.ts"
import { leaves, type Params } from "../../src/tensor/tree.ts"
import { expectClose } from "../support/close.ts"
import { useJavascriptEngine } from "../support/engine.ts"

beforeAll(useJavascriptEngine)

/** One image of one channel. */
const image = (rows: number[][]) => tf.tensor4d(rows.flat(), [1, rows.length, rows[0]!.length, 1])
const read = (x: tf.Tensor) => [...x.dataSync()]

/** A 3 x 3 kernel of one channel, row by row. */
const kernel = (...weights: number[]) => tf.tensor4d(weights, [3, 3, 1, 1])
const middle = (weight: number) => kernel(0, 0, 0, 0, weight, 0, 0, 0, 0)

describe("conv", () => {
  it("weighs each pixel's neighbours, zeros outside, and adds the bias", () => {
    const layer = conv(3, 1, 1, { bias: true })
    // The pixel itself, twice the one to its right and three times the one below.
    const params = { kernel: kernel(0, 0, 0, 0, 1, 2, 0, 3, 0), bias: tf.tensor1d([10]) }
    const x = image([
      [1, 2],
      [3, 4],
    ])
    expect(read(layer.apply(params, x))).toEqual([10 + 1 + 4 + 9, 10 + 2 + 12, 10 + 3 + 8, 10 + 4])
  })

  it("has a bias only when it is asked for, and sums over channels", () => {
    expect(Object.keys(conv(1, 2, 1, { bias: false }).params)).toEqual(["kernel"])
    const layer = conv(1, 2, 1, { bias: false })
    const params = { kernel: tf.tensor4d([5, 7], [1, 1, 2, 1]) }
    expect(read(layer.apply(params, tf.tensor4d([1, 10, 2, 20], [1, 1, 2, 2])))).toEqual([75, 150])
  })

  it("starts by He's rule with the products of one output, and at bias 0", () => {
    const { kernel: start, bias } = grow(conv(3, 32, 64, { bias: true }).params, rootKey(1))
    const deviation = Math.sqrt(
      (tf.moments(start as tf.Tensor).variance.arraySync() as number) * ((9 * 32) / 2),
    )
    expect(Math.abs(deviation - 1)).toBeLessThan(0.03) // 18432 draws: standard error 0.005
    expect(new Set(read(bias as tf.Tensor))).toEqual(new Set([0]))
  })
})

describe("upConv", () => {
  it("makes four pixels of each, by one weight each, and adds the bias", () => {
    const params = { kernel: tf.tensor4d([1, 2, 3, 4], [2, 2, 1, 1]), bias: tf.tensor1d([0.5]) }
    expect(
      upConv(1, 1)
        .apply(params, image([[1, 10]]))
        .arraySync(),
    ).toEqual([
      [
        [[1.5], [2.5], [10.5], [20.5]],
        [[3.5], [4.5], [30.5], [40.5]],
      ],
    ])
    expect(upConv(1, 1).apply(params, image([[1], [10], [0]])).shape).toEqual([1, 6, 2, 1])
  })

  it("starts by He's rule with the channels that it comes from", () => {
    const { kernel: start, bias } = grow(upConv(64, 32).params, rootKey(1)) as Record<string, tf.Tensor>
    expect(start!.shape).toEqual([2, 2, 32, 64])
    expect(read(bias!)).toEqual(Array(32).fill(0))
    const deviation = Math.sqrt((tf.moments(start!).variance.arraySync() as number) * (64 / 2))
    expect(Math.abs(deviation - 1)).toBeLessThan(0.04) // 8192 draws: standard error 0.008
  })
})

describe("norm", () => {
  const { apply } = norm(1)
  const params = () => ({ scale: tf.tensor1d([2]), offset: tf.tensor1d([1]) })
  const state = () => ({ mean: tf.tensor1d([10]), variance: tf.tensor1d([4]) })
  // Mean 4, biased variance 5, unbiased 20 / 3.
  const x = () => image([[1, 3, 5, 7]])

  it("uses the batch's moments in training, and moves the running ones by a tenth", () => {
    const { y, state: after } = apply(params(), state(), x(), true)
    const root = Math.sqrt(5 + 1e-5)
    expectClose(
      read(y),
      [-3, -1, 1, 3].map((centred) => (2 * centred) / root + 1),
      { absolute: 1e-6 },
    )
    expectClose(read(after.mean as tf.Tensor), [9 + 0.4], { absolute: 1e-6 })
    expectClose(read(after.variance as tf.Tensor), [3.6 + 2 / 3], { absolute: 1e-6 })
  })

  it("uses the running moments in evaluation, and leaves them", () => {
    const before = state()
    const { y, state: after } = apply(params(), before, x(), false)
    expectClose(read(y), [-8, -6, -4, -2], { absolute: 1e-4 })
    expect(after).toBe(before)
  })

  it("starts as the identity of what has mean 0 and variance 1", () => {
    const layer = norm(2)
    const started = leaves({ ...grow(layer.params, rootKey(1)), ...grow(layer.state, rootKey(1)) })
    expect(Object.fromEntries(started.map(([path, leaf]) => [path, read(leaf)]))).toEqual({
      scale: [1, 1],
      offset: [0, 0],
      mean: [0, 0],
      variance: [1, 1],
    })
  })
})

describe("convBlock", () => {
  const bias = (value: number) => tf.tensor1d([value])
  const x = () => image([[1, -1, 3]])

  it("without batch norm is convolution, bias and ReLU, twice", () => {
    const block = convBlock(1, 1, { batchNorm: false })
    const params = {
      conv1: { kernel: middle(2), bias: bias(-1) }, // 1, -3 -> 0, 5
      conv2: { kernel: middle(-1), bias: bias(3) }, // 2, 3, -2 -> 0
    }
    const { y, state } = block.apply(params, {}, x(), true)
    expect(read(y)).toEqual([2, 3, 0])
    expect(leaves(state)).toEqual([])
    expect(leaves(block.state)).toEqual([])
  })

  it("with batch norm normalises before each ReLU, by moments of its own", () => {
    const block = convBlock(1, 1, { batchNorm: true })
    const unit = (weight: number, mean: number, scale: number) => ({
      params: { kernel: middle(weight), scale: bias(scale), offset: bias(0) },
      state: { mean: bias(mean), variance: bias(1 - 1e-5) },
    })
    const [first, second] = [unit(2, 1, 1), unit(-1, -3, 2)]
    const params: Params = { conv1: first.params, conv2: second.params }
    const state: Params = { conv1: first.state, conv2: second.state }
    // 2 x - 1 -> 1, 0, 5; then 2 (3 - that).
    expectClose(read(block.apply(params, state, x(), false).y), [4, 6, 0], { absolute: 1e-5 })
    const after = Object.fromEntries(leaves(block.apply(params, state, x(), true).state))
    expect(Object.keys(after)).toEqual(["conv1/mean", "conv1/variance", "conv2/mean", "conv2/variance"])
    // The first convolution makes 2, -2, 6 of mean 2.
    expectClose(read(after["conv1/mean"]!), [0.9 + 0.2], { absolute: 1e-6 })
    // Of deviation sqrt(32 / 3): normalised and cut off 0, 0 and 4 / sqrt(32 / 3), of which the second takes minus one.
    const mean = -4 / Math.sqrt(32 / 3) / 3
    expectClose(read(after["conv2/mean"]!), [0.9 * -3 + 0.1 * mean], { absolute: 1e-5 })
  })

  it("has units of its widths", () => {
    const { params, state } = convBlock(2, 5, { batchNorm: true })
    expect(shapesOf(state)).toEqual({
      "conv1/mean": [5],
      "conv1/variance": [5],
      "conv2/mean": [5],
      "conv2/variance": [5],
    })
    expect(shapesOf(convBlock(2, 5, { batchNorm: false }).params)).toEqual({
      "conv1/kernel": [3, 3, 2, 5],
      "conv1/bias": [5],
      "conv2/kernel": [3, 3, 5, 5],
      "conv2/bias": [5],
    })
    expect(shapesOf(params)).toEqual({
      "conv1/kernel": [3, 3, 2, 5],
      "conv1/scale": [5],
      "conv1/offset": [5],
      "conv2/kernel": [3, 3, 5, 5],
      "conv2/scale": [5],
      "conv2/offset": [5],
    })
  })
})
