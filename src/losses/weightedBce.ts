import * as tf from "@tensorflow/tfjs-core"
import { meanWithSlopes } from "../tensor/ops/meanWithSlopes.ts"
import { classCosts } from "./binaryCrossEntropy.ts"
import type { Loss } from "./loss.ts"
import { maskLoss } from "./maskLoss.ts"

export interface WeightedBceOptions {
  /** Weight w of the foreground's term over the background's, at least 0. */
  readonly foregroundWeight: number
}

/** Binary cross-entropy whose foreground term is weighted, mean over B, H and W of
 *  w y softplus(-z) + (1 - y) softplus(z); the mean is over pixels, not over weights, so the loss grows with w.
 *  The loss takes logits [B, H, W, 1] unbounded and truth.mask in [0, 1]; it returns a scalar in [0, infinity),
 *  bce at w = 1. Its best p for a soft y is not y but w y / (w y + 1 - y). An empty mask makes w mean nothing.
 *  The loss throws ShapeError when shapes differ.
 *  Source: pos_weight of PyTorch's binary_cross_entropy_with_logits, the same.
 *  @example weightedBce({ foregroundWeight: 3 }).apply({}, logits, { mask }, at)
 */
export const weightedBce = ({ foregroundWeight }: WeightedBceOptions): Loss =>
  maskLoss("weightedBce", (logits, mask) =>
    meanWithSlopes([logits], (z) => {
      const cost = classCosts(z)
      const foreground = tf.mul(mask, foregroundWeight)
      const background = tf.sub(1, mask)
      return {
        values: tf.add(tf.mul(foreground, cost.foreground), tf.mul(background, cost.background)),
        // (1 - y) sigmoid(z) - w y sigmoid(-z)
        slopes: [tf.sub(tf.mul(tf.add(foreground, background), tf.sigmoid(z)), foreground)],
      }
    }),
  )
