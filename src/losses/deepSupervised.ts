import * as tf from "@tensorflow/tfjs-core"
import { failure } from "../failure/failure.ts"
import type { Loss } from "./loss.ts"
import type { Objective } from "./objective.ts"
import { termsOf } from "./terms.ts"

export interface DeepSupervision {
  /** The loss of each output, full resolution first. */
  readonly losses: readonly Loss[]
  /** One for each loss. */
  readonly weights: readonly number[]
}

/** A weighted sum of losses over all outputs of a network, each against the truth at its resolution.
 *  A loss that learns has parameters of its own at every scale, below "0", "1", ...
 *  The objective throws Failure("config") when the network has not as many outputs as there are weights.
 *  Source: deep supervision as in MicroSegNet (Jiang et al. 2024), which weighs all four scales by 1.
 *  @example deepSupervised({ losses: [bce(), bce()], weights: [1, 0.5] })
 */
export const deepSupervised = ({ losses, weights }: DeepSupervision): Objective => {
  const { needs, init, values } = termsOf(losses)
  return {
    needs,
    init,
    apply: (params, outputs, truths, at) => {
      if (outputs.length !== weights.length) {
        throw failure("config", {
          message: "deepSupervised has not one weight for each output of the model",
          path: "train.loss.weights",
          expected: `${outputs.length} weights, one for each output, full resolution first`,
          found: `${weights.length} weights: [${weights.join(", ")}]`,
          fix: `give ${outputs.length} weights and as many kernels, or choose a model with ${weights.length} outputs`,
        })
      }
      return tf.tidy(() => {
        const seen = (scale: number) => ({ logits: outputs[scale]!, truth: truths[scale]! })
        const terms = values(params, seen, at)
        return tf.addN(terms.map((term, scale) => tf.mul(term, weights[scale]!)))
      })
    },
  }
}
