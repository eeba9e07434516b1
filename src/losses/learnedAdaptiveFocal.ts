import * as tf from "@tensorflow/tfjs-core"
import { stopGradient } from "../tensor/stopGradient.ts"
import type { Params } from "../tensor/tree.ts"
import { type AdaptiveFocalOptions, focalWithGamma } from "./adaptiveFocal.ts"
import { type AdaptiveGammaOptions, gammaMeasures } from "./adaptiveGamma.ts"
import type { Loss } from "./loss.ts"
import { twoMaskLoss } from "./maskLoss.ts"

export interface LearnedAdaptiveFocalOptions extends AdaptiveFocalOptions {
  /** Factor of (log gamma)^2, which holds gamma near 1; at least 0. */
  readonly gammaPenalty: number
}

/** Gamma with trained parameters: floor + (ceiling - floor) sigmoid(a + b difficulty + c variability).
 *  @param params offset a, difficulty b and variability c, scalars
 *  @returns [1, 1, 1, 1] over the batch, [B, 1, 1, 1] over images, in (gammaFloor, gammaCeiling)
 */
export const learnedGamma = (
  options: AdaptiveGammaOptions,
  params: Params,
  logits: tf.Tensor4D,
  mask: tf.Tensor4D,
  second: tf.Tensor4D,
): tf.Tensor4D => {
  const { gammaFloor: floor, gammaCeiling: ceiling } = options
  const { offset, difficulty, variability } = params as Readonly<Record<string, tf.Scalar>>
  const measured = gammaMeasures(options, logits, mask, second)
  const seen = options.gammaGradient === "detached" ? stopGradient(measured.difficulty) : measured.difficulty
  const level = tf.add(tf.add(tf.mul(seen, difficulty!), tf.mul(measured.variability, variability!)), offset!)
  return tf.add(tf.mul(tf.sigmoid(level), ceiling - floor), floor)
}

/** Adaptive focal loss whose gamma is learned with the network: the loss of adaptiveFocal with gamma from
 *  learnedGamma, plus gammaPenalty times the mean of (log gamma)^2. Its parameters "offset", "difficulty" and
 *  "variability" start at gamma = 1, b = c = 0, where it is half a focal loss of exponent 1.
 *  The penalty is there because the loss that is minimised falls with a larger exponent: without it, training drives
 *  gamma to its ceiling whatever that does to the network. It holds gamma near 1, where hard and easy weigh alike.
 *  gammaGradient: detached cuts the gradient from gamma to the network, not that to the parameters.
 *  The loss takes logits [B, H, W, 1] unbounded, truth.mask and truth.second in {0, 1}; it returns a scalar in
 *  [0, infinity). It needs gammaFloor < 1 < gammaCeiling, and throws RangeError otherwise.
 *  The loss throws ShapeError when shapes differ.
 *  Source: Thakur 2024 names learning gamma (by meta-learning, on held-out data) as future work and gives no formula.
 *  This one is ours, and simpler than that: gamma is trained on the training loss itself.
 *  @example learnedAdaptiveFocal({ ...seedCode, kernel: 4, gammaPenalty: 0.1 })
 */
export const learnedAdaptiveFocal = (options: LearnedAdaptiveFocalOptions): Loss => {
  const { gammaFloor: floor, gammaCeiling: ceiling, gammaPenalty } = options
  if (!(floor < 1 && ceiling > 1)) {
    throw new RangeError(`gammaFloor < 1 < gammaCeiling is needed to start at gamma 1: ${floor}, ${ceiling}`)
  }
  return twoMaskLoss(
    "adaptiveFocal",
    (logits, mask, second, { params }) => {
      const gamma = learnedGamma(options, params, logits, mask, second)
      const loss = focalWithGamma(options, gamma, logits, mask, second)
      return tf.add(loss, tf.mul(tf.mean(tf.square(tf.log(gamma))), gammaPenalty))
    },
    () => ({
      // sigmoid(offset) = (1 - floor) / (ceiling - floor)
      offset: tf.scalar(Math.log((1 - floor) / (ceiling - 1))),
      difficulty: tf.scalar(0),
      variability: tf.scalar(0),
    }),
  )
}
