import type { Scalar, Tensor4D } from "@tensorflow/tfjs-core"
import type { Key } from "../tensor/randomKey.ts"
import type { Params } from "../tensor/tree.ts"
import { type At, type Loss, type Needs, nothing, type Truth } from "./loss.ts"

/** A loss of one scale with what it needs and, when it learns, its own parameters. */
export interface ScaleLoss {
  readonly needs: Needs
  init(key: Key): Params
  /** @param params  as init made them, or as training moved them
   *  @param logits  [B, H, W, 1]
   *  @returns smaller is better */
  apply(params: Params, logits: Tensor4D, truth: Truth, at: At): Scalar
}

/** A loss without parameters. */
export const fixed = (loss: Loss, needs: Needs = nothing): ScaleLoss => ({
  needs,
  init: () => ({}),
  apply: (_params, logits, truth, at) => loss(logits, truth, at),
})
