import type { Scalar, Tensor4D } from "@tensorflow/tfjs-core"
import type { Key } from "../tensor/randomKey.ts"
import type { Params } from "../tensor/tree.ts"
import type { At, Loss, Needs, Truth } from "./loss.ts"

/** What training minimises: a scalar of all the model's outputs, with parameters of its own if it learns. */
export interface Objective {
  readonly needs: Needs
  init(key: Key): Params
  /** @param outputs logits, full resolution first, each [B, H / 2^i, W / 2^i, 1]
   *  @param truths  one per output, at its resolution */
  apply(params: Params, outputs: readonly Tensor4D[], truths: readonly Truth[], at: At): Scalar
}

/** A loss of one scale as an objective: it sees the full-resolution output alone. */
export const fullResolution = ({ needs, init, apply }: Loss): Objective => ({
  needs,
  init,
  apply: (params, outputs, truths, at) => apply(params, outputs[0]!, truths[0]!, at),
})
