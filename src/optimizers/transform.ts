import type { Scalar } from "@tensorflow/tfjs-core"
import type { Params } from "../tensor/tree.ts"

/** What changes from step to step, as tensors, so that a step can be traced once. */
export interface StepInputs {
  /** Learning rate of this step. */
  readonly learningRate: Scalar
  /** One-based count of this step. */
  readonly step: Scalar
}

/** One link of an optimizer: gradients in, updates out; parameters' = parameters + updates. Pure. */
export interface Transform {
  /** The link's own slots (momentum, moments); an empty tree when it has none. */
  init(params: Params): Params
  update(
    updates: Params,
    slots: Params,
    params: Params,
    at: StepInputs,
  ): { readonly updates: Params; readonly slots: Params }
}

/** Learning rate of a step. Pure host arithmetic: the result enters the step as a tensor.
 *  @param step zero-based   @param steps total number of steps   */
export type Schedule = (step: number, steps: number) => number
