import * as tf from "@tensorflow/tfjs-core"
import { ShapeError } from "../shape.ts"
import { registerOwnGradient, registerOwnKernel } from "./ownKernel.ts"

/** Kernel names, for engines with a faster implementation.
 *  forward: x, scale, offset; epsilon -> y, mean, unbiased variance, and three reserves, whose meaning is the
 *  implementation's own (here: mean, biased variance, unused) and which only its gradient reads.
 *  gradient: dy, x, scale, reserve1, reserve2, reserve3; epsilon -> dx, dScale, dOffset. */
export const batchNormKernel = { forward: "LosslabBatchNorm", gradient: "LosslabBatchNormGrad" } as const

const overBatchRowsAndColumns = [0, 1, 2]

const samplesPerChannel = (x: tf.Tensor): number => x.size / x.shape[3]!

registerOwnKernel(batchNormKernel.forward, ({ x, scale, offset }, { epsilon }) => {
  const n = samplesPerChannel(x!)
  const mean = tf.mean(x!, overBatchRowsAndColumns)
  const centred = tf.sub(x!, mean)
  const variance = tf.mean(tf.square(centred), overBatchRowsAndColumns)
  const y = tf.add(tf.mul(centred, tf.mul(scale!, tf.rsqrt(tf.add(variance, epsilon!)))), offset!)
  const unbiased = tf.mul(variance, n / Math.max(1, n - 1))
  return [y, mean, unbiased, tf.clone(mean), variance, tf.zeros([1])]
})

registerOwnKernel(
  batchNormKernel.gradient,
  ({ dy, x, scale, reserve1: mean, reserve2: variance }, { epsilon }) => {
    const inverse = tf.rsqrt(tf.add(variance!, epsilon!))
    const normal = tf.mul(tf.sub(x!, mean!), inverse)
    const dOffset = tf.sum(dy!, overBatchRowsAndColumns)
    const dScale = tf.sum(tf.mul(dy!, normal), overBatchRowsAndColumns)
    const n = samplesPerChannel(x!)
    const throughMoments = tf.div(tf.add(dOffset, tf.mul(normal, dScale)), n)
    const dx = tf.mul(tf.sub(dy!, throughMoments), tf.mul(scale!, inverse))
    return [dx, dScale, dOffset]
  },
)

registerOwnGradient({
  kernelName: batchNormKernel.forward,
  inputsToSave: ["x", "scale"],
  outputsToSave: [false, false, false, true, true, true],
  gradFunc: (dys, saved, attributes) => {
    const dy = (dys as tf.Tensor[])[0]!
    const [x, scale, reserve1, reserve2, reserve3] = saved as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
    ]
    const inputs = { dy, x, scale, reserve1, reserve2, reserve3 }
    const [dx, dScale, dOffset] = tf
      .engine()
      .runKernel<tf.Tensor[]>(batchNormKernel.gradient, inputs, attributes)
    return { x: () => dx!, scale: () => dScale!, offset: () => dOffset! }
  },
})

const assertPerChannel = (x: tf.Tensor4D, vectors: Readonly<Record<string, tf.Tensor1D>>): void => {
  for (const [name, vector] of Object.entries(vectors)) {
    if (vector.rank === 1 && vector.shape[0] === x.shape[3]) continue
    throw new ShapeError(`batchNorm of x [${x.shape.join(", ")}]: ${name}`, `[${x.shape[3]}]`, vector.shape)
  }
}

/** Batch normalisation with the batch's own moments: training.
 *  y = (x - mean) / sqrt(biased variance + epsilon) * scale + offset, moments over B, H and W (n values).
 *  The variance RETURNED is the unbiased one (n - 1), which is what PyTorch feeds into its running variance;
 *  mean and variance are constants to the gradient, y is differentiable in x, scale and offset.
 *  @param x [B, H, W, C]   @param scale [C]   @param offset [C]   @param epsilon > 0, 1e-5 in PyTorch
 *  Throws ShapeError when a vector's length is not C. Source: Ioffe & Szegedy 2015. */
export const batchNorm = (
  x: tf.Tensor4D,
  scale: tf.Tensor1D,
  offset: tf.Tensor1D,
  epsilon: number,
): { readonly y: tf.Tensor4D; readonly mean: tf.Tensor1D; readonly variance: tf.Tensor1D } => {
  assertPerChannel(x, { scale, offset })
  const [y, mean, variance, ...reserves] = tf
    .engine()
    .runKernel<tf.Tensor[]>(batchNormKernel.forward, { x, scale, offset }, { epsilon })
  // When a gradient is being recorded, the engine has kept clones of its own.
  tf.dispose(reserves)
  return { y: y as tf.Tensor4D, mean: mean as tf.Tensor1D, variance: variance as tf.Tensor1D }
}

/** Batch normalisation with given moments (the running ones): evaluation.
 *  @param x [B, H, W, C]   @param scale, offset, mean, variance [C]
 *  Throws ShapeError when a vector's length is not C. */
export const batchNormInference = (
  x: tf.Tensor4D,
  scale: tf.Tensor1D,
  offset: tf.Tensor1D,
  mean: tf.Tensor1D,
  variance: tf.Tensor1D,
  epsilon: number,
): tf.Tensor4D => {
  assertPerChannel(x, { scale, offset, mean, variance })
  return tf.batchNorm(x, mean, variance, offset, scale, epsilon)
}
