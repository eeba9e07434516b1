import type { Scalar, Tensor1D, Tensor4D } from "@tensorflow/tfjs-core"
import type { Key } from "../tensor/randomKey.ts"
import type { Params } from "../tensor/tree.ts"

/** What a loss compares the logits with, at one scale. */
export interface Truth {
  /** [B, H, W, 1] in {0, 1}: the expert's mask; in [0, 1] for a loss inside labelSmoothing or softTargets. */
  readonly mask: Tensor4D
  /** [B, H, W, 1] in {0, 1}: a second annotator's mask; present when the loss declares that it needs it. */
  readonly second?: Tensor4D
  /** [B, H, W, 1] signed distance in pixels to the mask's border (metrics/signedDistance.ts); present when the loss
   *  declares that it needs it. */
  readonly distance?: Tensor4D
}

/** Where training stands. Tensors, so that a step can be traced once. */
export interface At {
  /** Share of the training done, in [0, 1]. */
  readonly progress: Scalar
  /** [2] int32 seed of this step's randomness. */
  readonly key: Tensor1D
}

/** What a loss needs beside the expert's mask; checked against the data before the first step. */
export interface Needs {
  readonly second: boolean
  readonly distance: boolean
}

export const nothing: Needs = { second: false, distance: false }
export const secondAnnotator: Needs = { second: true, distance: false }
export const distanceMap: Needs = { second: false, distance: true }

export const unionNeeds = (needs: readonly Needs[]): Needs => ({
  second: needs.some((n) => n.second),
  distance: needs.some((n) => n.distance),
})

/** A loss of one scale: what it needs and, when it learns, its own parameters. Pure. */
export interface Loss {
  readonly needs: Needs
  init(key: Key): Params
  /** @param params  as init made them, or as training moved them
   *  @param logits  [B, H, W, 1], unbounded
   *  @returns smaller is better */
  apply(params: Params, logits: Tensor4D, truth: Truth, at: At): Scalar
}

/** A loss without parameters as a plain function: what a user's module exports. */
export type LossFunction = (logits: Tensor4D, truth: Truth, at: At) => Scalar

/** A plain function as a loss. */
export const fixed = (loss: LossFunction, needs: Needs = nothing): Loss => ({
  needs,
  init: () => ({}),
  apply: (_params, logits, truth, at) => loss(logits, truth, at),
})
