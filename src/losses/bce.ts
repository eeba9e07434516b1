import * as tf from "@tensorflow/tfjs-core"
import type { Loss } from "./loss.ts"
import { maskLoss } from "./maskLoss.ts"
import { crossEntropy, trueClassLogit } from "./trueClass.ts"

/** Binary cross-entropy of logits, mean over B, H and W.
 *  max(z, 0) - z y + log(1 + exp(-|z|)) = softplus(-s), s = z (2y - 1); gradient (sigmoid(z) - y) / BHW.
 *  The loss takes logits [B, H, W, 1] unbounded and truth.mask in {0, 1}; it returns a scalar in
 *  [0, infinity), log 2 at z = 0. Empty and full masks are nothing special.
 *  The loss throws ShapeError when shapes differ.
 *  @example bce()(logits, { mask }, at)
 */
export const bce = (): Loss =>
  maskLoss("bce", (logits, mask) => tf.mean(crossEntropy(trueClassLogit(logits, mask))))
