import * as tf from "@tensorflow/tfjs-core"
import type { Loss } from "./loss.ts"
import { termsOf } from "./terms.ts"

/** The sum of losses of the same logits: value and gradient are the sums of the terms'.
 *  Its range is the sum of theirs. Parameters lie below the terms' places, "0", "1", ...
 *  @param losses at least one; `weighted` weighs one
 *  @example sum([softDice(options), weighted(bce(), 0.5)])
 */
export const sum = (losses: readonly Loss[]): Loss => {
  const { needs, init, values } = termsOf(losses)
  return {
    needs,
    init,
    apply: (params, logits, truth, at) =>
      tf.tidy(() => tf.addN(values(params, () => ({ logits, truth }), at))),
  }
}
