import * as tf from "@tensorflow/tfjs-core"

/** The rule of test/fixtures/make/ops.py: element i of tensor k, in row-major order, is sin(0.1 i^2 + i + k). */
export const sines = <R extends tf.Rank = tf.Rank>(k: number, shape: readonly number[]): tf.Tensor<R> =>
  tf.tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(0.1 * i * i + i + k)),
    shape as [number],
  ) as tf.Tensor as tf.Tensor<R>
