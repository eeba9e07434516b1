import * as tf from "@tensorflow/tfjs-core"
import { bce } from "../src/losses/bce.ts"
import { batchNorm } from "../src/tensor/ops/batchNorm.ts"
import { dense } from "../src/tensor/ops/dense.ts"
import { gelu } from "../src/tensor/ops/gelu.ts"
import { layerNorm } from "../src/tensor/ops/layerNorm.ts"
import { maxPool } from "../src/tensor/ops/maxPool.ts"
import { relu } from "../src/tensor/ops/relu.ts"
import { resizeBilinear } from "../src/tensor/ops/resizeBilinear.ts"
import { softmaxCrossEntropy } from "../src/tensor/ops/softmaxCrossEntropy.ts"

type Op = (...inputs: tf.Tensor[]) => tf.Tensor

/** One operation, by losslab and as tfjs composes it; PyTorch's is in bench/peer/kernels.py under the same name. */
export interface KernelCase {
  readonly name: string
  /** Shapes of what it is differentiated in. */
  readonly inputs: readonly (readonly number[])[]
  /** Shape of the truth, of a loss: shares of classes along the last axis, or a mask where that has length 1. */
  readonly truth?: readonly number[]
  readonly ours: Op
  readonly stock: Op
}

const image = [8, 128, 128, 16]
const tokens = [8 * 196, 768]

const epsilon = 1e-5

/** Moments over some axes, and what follows from them: the composition that tfjs offers. */
const normalised =
  (axes: number[]): Op =>
  (x, scale, offset) => {
    const { mean, variance } = tf.moments(x!, axes, true)
    const normal = tf.mul(tf.sub(x!, mean), tf.rsqrt(tf.add(variance, epsilon)))
    return tf.add(tf.mul(normal, scale!), offset!)
  }

const softmaxCase = (classes: number): KernelCase => ({
  name: "softmaxCrossEntropy",
  inputs: [[8 * 128 * 128, classes]],
  truth: [8 * 128 * 128, classes],
  ours: (z, labels) => tf.mean(softmaxCrossEntropy(z as tf.Tensor2D, labels as tf.Tensor2D)),
  stock: (z, labels) => tf.losses.softmaxCrossEntropy(labels!, z!),
})

export const kernelCases: readonly KernelCase[] = [
  { name: "relu", inputs: [image], ours: (x) => relu(x!), stock: (x) => tf.relu(x!) },
  {
    name: "batchNorm",
    inputs: [image, [16], [16]],
    ours: (x, scale, offset) =>
      batchNorm(x as tf.Tensor4D, scale as tf.Tensor1D, offset as tf.Tensor1D, epsilon).y,
    stock: normalised([0, 1, 2]),
  },
  {
    name: "maxPool",
    inputs: [image],
    ours: (x) => maxPool(x as tf.Tensor4D),
    stock: (x) => tf.maxPool(x as tf.Tensor4D, 2, 2, "valid"),
  },
  {
    name: "resizeBilinear",
    inputs: [[8, 64, 64, 16]],
    ours: (x) => resizeBilinear(x as tf.Tensor4D, [128, 128]),
    stock: (x) => tf.image.resizeBilinear(x as tf.Tensor4D, [128, 128], true),
  },
  {
    name: "layerNorm",
    inputs: [tokens, [768], [768]],
    ours: (x, scale, offset) => layerNorm(x!, scale as tf.Tensor1D, offset as tf.Tensor1D, epsilon),
    stock: normalised([-1]),
  },
  {
    name: "gelu",
    inputs: [[8 * 196, 3072]],
    ours: (x) => gelu(x!),
    stock: (x) => tf.mul(tf.mul(x!, 0.5), tf.add(tf.erf(tf.mul(x!, Math.SQRT1_2)), 1)),
  },
  {
    name: "dense",
    inputs: [tokens, [768, 3072], [3072]],
    ours: (x, kernel, bias) => dense(x!, kernel as tf.Tensor2D, bias as tf.Tensor1D),
    stock: (x, kernel, bias) => tf.add(tf.matMul(x!, kernel!), bias!),
  },
  softmaxCase(2),
  softmaxCase(9),
  {
    name: "sigmoidCrossEntropy",
    inputs: [[8, 224, 224, 1]],
    truth: [8, 224, 224, 1],
    ours: (z, mask) =>
      bce().apply(
        {},
        z as tf.Tensor4D,
        { mask: mask as tf.Tensor4D },
        { progress: tf.scalar(0), key: tf.tensor1d([0, 0], "int32") },
      ),
    stock: (z, mask) => tf.losses.sigmoidCrossEntropy(mask!, z!),
  },
]
