import * as tf from "@tensorflow/tfjs-core"
import { meanWithSlopes } from "../tensor/ops/meanWithSlopes.ts"
import { statelessNormal } from "../tensor/ops/statelessNormal.ts"
import { binaryCrossEntropy } from "./binaryCrossEntropy.ts"
import type { Loss } from "./loss.ts"
import { maskLoss } from "./maskLoss.ts"

export interface AleatoricOptions {
  /** Standard deviation of the logits' noise, at least 0, or learned: one number for all pixels, 1 at first. */
  readonly sigma: number | "learned"
  /** Noisy copies T of each logit, at least 1. */
  readonly samples: number
}

/** -log of the mean of exp(-cost) over axis 0, per pixel, and each sample's share of that mean; the smallest
 *  cost is taken out first, so that no exponential underflows everywhere. */
const negativeLogMean = (costs: tf.Tensor2D): { readonly values: tf.Tensor; readonly shares: tf.Tensor } => {
  const smallest = tf.min(costs, 0, true)
  const likelihoods = tf.exp(tf.sub(smallest, costs))
  const mean = tf.mean(likelihoods, 0, true)
  return {
    values: tf.sub(smallest, tf.log(mean)),
    shares: tf.div(likelihoods, tf.mul(mean, costs.shape[0])),
  }
}

/** The loss for a given draw.
 *  @param noise [samples, B H W], standard normal */
export const aleatoricWithNoise = (
  logits: tf.Tensor4D,
  mask: tf.Tensor4D,
  sigma: tf.Scalar,
  noise: tf.Tensor2D,
): tf.Scalar => {
  // One row of pixels, so that samples and pixels broadcast along whole rows.
  const y = tf.reshape(mask, [1, -1])
  return meanWithSlopes([logits, sigma], (logits, sigma) => {
    const z = tf.add(tf.reshape(logits, [1, -1]), tf.mul(noise, sigma)) // [samples, B H W]
    const { values, shares } = negativeLogMean(binaryCrossEntropy(z, y) as tf.Tensor2D)
    const slopes = tf.mul(shares, tf.sub(tf.sigmoid(z), y))
    return {
      values,
      slopes: [tf.reshape(tf.sum(slopes, 0), logits.shape), tf.sum(tf.mul(slopes, noise))],
    }
  })
}

/** Binary cross-entropy of logits that are only known up to noise, mean over B, H and W of
 *  -log((1/T) sum over t of exp(-bce(z + sigma eps_t))), eps_t standard normal, drawn anew from at.key at each step.
 *  For a mask in {0, 1} that is -log of the true class's mean probability over T noisy copies. Large noise
 *  lets a confident error cost less (the likelihood is that of the luckiest copy), and a hit more.
 *  The loss takes logits [B, H, W, 1] unbounded and truth.mask in [0, 1]; it returns a scalar in [0, infinity);
 *  sigma = 0 is bce. Empty and full masks are nothing special. Deterministic given at.key, the same noise on
 *  every engine (tensor/ops/statelessNormal.ts). Memory and time grow with T.
 *  sigma: learned holds softplus^-1 of it as the parameter "softSigma", sigma = softplus(softSigma), 1 at first.
 *  The loss throws ShapeError when shapes differ.
 *  Source: Kendall and Gal 2017, equation 12. Deviation: their network predicts a sigma for each pixel; here it is
 *  one number, given or learned, because a loss sees one channel of logits.
 *  @example aleatoric({ sigma: 1, samples: 10 }).apply({}, logits, { mask }, at)
 */
export const aleatoric = ({ sigma, samples }: AleatoricOptions): Loss =>
  maskLoss(
    "aleatoric",
    (logits, mask, { params: { softSigma }, at }) => {
      const deviation = sigma === "learned" ? tf.softplus(softSigma as tf.Scalar) : tf.scalar(sigma)
      const noise = statelessNormal(at.key, [samples, logits.size]) as tf.Tensor2D
      return aleatoricWithNoise(logits, mask, deviation, noise)
    },
    () => (sigma === "learned" ? { softSigma: tf.scalar(Math.log(Math.E - 1)) } : {}),
  )
