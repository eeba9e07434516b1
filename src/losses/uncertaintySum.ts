import * as tf from "@tensorflow/tfjs-core"
import type { Params } from "../tensor/tree.ts"
import type { Loss } from "./loss.ts"
import { termsOf } from "./terms.ts"

/** What a term counts as at least: below it a term would send its s to -infinity, and exp(-s) with it. */
const smallest = 1e-7

/** The sum of losses that learns its weights: sum over terms of exp(-s_i) L_i + s_i, with trained s_i, 0 at first,
 *  when it is the plain sum. At its best exp(s_i) = L_i, where a term adds 1 + log L_i: the value may be negative,
 *  and says little about the fit. The terms' own gradients are weighed by exp(-s_i), in (0, 1e7).
 *  For terms that cannot be negative alone: one that can would send its s to -infinity.
 *  A weight decay of the optimizer draws s_i to 0, that is the weights to 1.
 *  Parameters: logVariances [number of terms], and the terms' own below terms/0, terms/1, ...
 *  Source: Kendall, Gal & Cipolla 2018, s = log sigma^2. Deviations: both factors 1/2 are dropped, as in their
 *  published example (the paper has L / (2 sigma^2) + log sigma for regression, L / sigma^2 + log sigma for
 *  classification), which moves the best exp(s_i) by a factor; a term counts as at least 1e-7, which keeps
 *  s_i above -17.
 *  @param losses at least one
 *  @example uncertaintySum([bce(), softDice(options)])
 */
export const uncertaintySum = (losses: readonly Loss[]): Loss => {
  const { needs, init, values } = termsOf(losses)
  return {
    needs,
    init: (key) => {
      const terms = init(key.child("terms"))
      const own = { logVariances: tf.zeros([losses.length]) }
      return Object.keys(terms).length === 0 ? own : { ...own, terms }
    },
    apply: (params, logits, truth, at) =>
      tf.tidy(() => {
        const s = params.logVariances as tf.Tensor1D
        const each = values((params.terms ?? {}) as Params, () => ({ logits, truth }), at)
        const counted = tf.maximum(tf.stack(each), smallest)
        return tf.sum(tf.add(tf.mul(counted, tf.exp(tf.neg(s))), s))
      }),
  }
}
