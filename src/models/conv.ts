import * as tf from "@tensorflow/tfjs-core"
import type { Params, Tree } from "../tensor/tree.ts"
import { tensorAt } from "./branch.ts"
import { filled, heNormal, type Leaf } from "./leaf.ts"

/** A layer without moments: its leaves, and a pure function of their tensors. */
export interface Layer {
  readonly params: Tree<Leaf>
  apply(params: Params, x: tf.Tensor4D): tf.Tensor4D
}

const plusBias = (y: tf.Tensor4D, params: Params): tf.Tensor4D =>
  params.bias === undefined ? y : tf.add(y, tensorAt(params, "bias"))

/** Convolution, stride 1, zero padding to the same size: [B, H, W, from] to [B, H, W, to].
 *  Leaves: kernel [size, size, from, to], bias [to]. */
export const conv = (size: number, from: number, to: number, options: { readonly bias: boolean }): Layer => ({
  params: {
    kernel: heNormal([size, size, from, to], size * size * from),
    ...(options.bias ? { bias: filled(to, 0) } : {}),
  },
  apply: (params, x) => plusBias(tf.conv2d(x, tensorAt<tf.Tensor4D>(params, "kernel"), 1, "same"), params),
})

/** Transposed 2 x 2 convolution, stride 2, with bias: [B, H, W, from] to [B, 2 H, 2 W, to].
 *  Leaves: kernel [2, 2, to, from], bias [to]. The taps do not overlap, so one output value sums `from` products. */
export const upConv = (from: number, to: number): Layer => ({
  params: { kernel: heNormal([2, 2, to, from], from), bias: filled(to, 0) },
  apply: (params, x) => {
    const [batch, rows, columns] = x.shape
    const kernel = tensorAt<tf.Tensor4D>(params, "kernel")
    return plusBias(tf.conv2dTranspose(x, kernel, [batch, 2 * rows, 2 * columns, to], 2, "valid"), params)
  },
})
