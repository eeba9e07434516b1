import type { Tensor1D, Tensor4D } from "@tensorflow/tfjs-core"
import type { Key } from "../tensor/randomKey.ts"
import type { Params } from "../tensor/tree.ts"

/** What a network is applied for. Training: batch norm uses the batch's moments, and what is random, such as
 *  dropout, draws from the key alone ([2] int32, of this step and of the network alone). Otherwise the running
 *  moments, and nothing is drawn. */
export type Mode = { readonly training: true; readonly key: Tensor1D } | { readonly training: false }

/** A network as two pure functions over plain trees. */
export interface Model {
  /** Rows and columns of the input must be divisible by this. */
  readonly divisor: number
  /** Of every tensor of params and state, by its path ("params/encoder/0/conv1/kernel"), without making any. */
  readonly shapes: Readonly<Record<string, readonly number[]>>
  init(key: Key): { readonly params: Params; readonly state: Params }
  /** @param x [B, H, W, 1]
   *  @returns outputs: logits [B, H / 2^i, W / 2^i, 1], full resolution first; state: in training the updated
   *  running moments, otherwise as it was */
  apply(
    params: Params,
    state: Params,
    x: Tensor4D,
    mode: Mode,
  ): { readonly outputs: readonly Tensor4D[]; readonly state: Params }
}
