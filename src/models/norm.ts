import * as tf from "@tensorflow/tfjs-core"
import { batchNorm, batchNormInference } from "../tensor/ops/batchNorm.ts"
import type { Params, Tree } from "../tensor/tree.ts"
import { tensorAt } from "./branch.ts"
import { filled, type Leaf } from "./leaf.ts"

const epsilon = 1e-5
/** Share of the new batch in the running moments. TensorFlow would call this 0.9. */
const momentum = 0.1

/** A layer with moments beside its parameters. */
export interface StatefulLayer {
  readonly params: Tree<Leaf>
  readonly state: Tree<Leaf>
  apply(
    params: Params,
    state: Params,
    x: tf.Tensor4D,
    training: boolean,
  ): { readonly y: tf.Tensor4D; readonly state: Params }
}

/** Batch normalisation as in PyTorch: epsilon 1e-5, momentum 0.1, running variance from the unbiased one.
 *  Leaves: scale, offset [channels]; state: mean, variance [channels]. In evaluation the state comes back as it is.
 *  Unlike PyTorch, one value per channel (a 1 x 1 map, batch of 1) is no error: its variance is 0. */
export const norm = (channels: number): StatefulLayer => ({
  params: { scale: filled(channels, 1), offset: filled(channels, 0) },
  state: { mean: filled(channels, 0), variance: filled(channels, 1) },
  apply: (params, state, x, training) => {
    const scale = tensorAt<tf.Tensor1D>(params, "scale")
    const offset = tensorAt<tf.Tensor1D>(params, "offset")
    const mean = tensorAt<tf.Tensor1D>(state, "mean")
    const variance = tensorAt<tf.Tensor1D>(state, "variance")
    if (!training) return { y: batchNormInference(x, scale, offset, mean, variance, epsilon), state }
    const batch = batchNorm(x, scale, offset, epsilon)
    return {
      y: batch.y,
      state: { mean: blend(mean, batch.mean), variance: blend(variance, batch.variance) },
    }
  },
})

const blend = (running: tf.Tensor, batch: tf.Tensor): tf.Tensor =>
  tf.add(tf.mul(running, 1 - momentum), tf.mul(batch, momentum))
