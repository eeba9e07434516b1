import * as tf from "@tensorflow/tfjs-core"
import { failure } from "../failure/failure.ts"
import type { Loss, Needs } from "./loss.ts"
import type { Objective } from "./objective.ts"

export interface DeepSupervision {
  /** The loss of one output; scale 0 is the full resolution. */
  readonly lossAt: (scale: number) => Loss
  /** One for each output, full resolution first. */
  readonly weights: readonly number[]
  readonly needs: Needs
}

/** A weighted sum of losses over all outputs of a network, each against the truth at its resolution.
 *  The objective throws Failure("config") when the network has not as many outputs as there are weights.
 *  Source: deep supervision as in MicroSegNet (Jiang et al. 2024), which weighs all four scales by 1.
 *  @example deepSupervised({ lossAt: () => bce(), weights: [1, 0.5], needs: nothing })
 */
export const deepSupervised = ({ lossAt, weights, needs }: DeepSupervision): Objective => {
  const losses = weights.map((_, scale) => lossAt(scale))
  return {
    needs,
    init: () => ({}),
    apply: (_params, outputs, truths, at) => {
      if (outputs.length !== weights.length) {
        throw failure("config", {
          message: "deepSupervised has not one weight for each output of the model",
          path: "train.loss.weights",
          expected: `${outputs.length} weights, one for each output, full resolution first`,
          found: `${weights.length} weights: [${weights.join(", ")}]`,
          fix: `give ${outputs.length} weights and as many kernels, or choose a model with ${weights.length} outputs`,
        })
      }
      return tf.tidy(() =>
        losses
          .map((loss, scale) => tf.mul<tf.Scalar>(loss(outputs[scale]!, truths[scale]!, at), weights[scale]!))
          .reduce((sum, term) => tf.add(sum, term)),
      )
    },
  }
}
