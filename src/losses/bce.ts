import * as tf from "@tensorflow/tfjs-core"
import { meanWithSlopes } from "../tensor/ops/meanWithSlopes.ts"
import { binaryCrossEntropy } from "./binaryCrossEntropy.ts"
import type { Loss } from "./loss.ts"
import { maskLoss } from "./maskLoss.ts"

/** Binary cross-entropy of logits, mean over B, H and W.
 *  max(z, 0) - z y + log(1 + exp(-|z|)) = y softplus(-z) + (1 - y) softplus(z); gradient (sigmoid(z) - y) / BHW.
 *  The loss takes logits [B, H, W, 1] unbounded and truth.mask in [0, 1]; it returns a scalar in [0, infinity),
 *  log 2 at z = 0. A soft mask costs at least its entropy, attained where sigmoid(z) = y. Empty and full masks are
 *  nothing special.
 *  The loss throws ShapeError when shapes differ.
 *  Source: the negative log-likelihood of a Bernoulli variable; PyTorch's binary_cross_entropy_with_logits, the same.
 *  @example bce().apply({}, logits, { mask }, at)
 */
export const bce = (): Loss =>
  maskLoss("bce", (logits, mask) =>
    meanWithSlopes([logits], (z) => ({
      values: binaryCrossEntropy(z, mask),
      slopes: [tf.sub(tf.sigmoid(z), mask)],
    })),
  )
