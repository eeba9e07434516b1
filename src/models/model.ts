import type { Tensor4D } from "@tensorflow/tfjs-core"
import type { Key } from "../tensor/randomKey.ts"
import type { Params } from "../tensor/tree.ts"

/** A network as two pure functions over plain trees. */
export interface Model {
  /** Rows and columns of the input must be divisible by this. */
  readonly divisor: number
  /** Of every tensor of params and state, by its path ("params/encoder/0/conv1/kernel"), without making any. */
  readonly shapes: Readonly<Record<string, readonly number[]>>
  init(key: Key): { readonly params: Params; readonly state: Params }
  /** @param x [B, H, W, 1]
   *  @param training batch norm uses the batch's moments and returns the updated running ones
   *  @returns outputs: logits [B, H / 2^i, W / 2^i, 1], full resolution first; state: the new moments */
  apply(
    params: Params,
    state: Params,
    x: Tensor4D,
    training: boolean,
  ): { readonly outputs: readonly Tensor4D[]; readonly state: Params }
}
