import * as tf from "@tensorflow/tfjs-core"
import { type AdaptiveGammaOptions, adaptiveGamma } from "./adaptiveGamma.ts"
import { hardRegion } from "./hardRegion.ts"
import type { Loss } from "./loss.ts"
import { type LossInput, lossInput } from "./lossInput.ts"
import { twoMaskLoss } from "./maskLoss.ts"
import { crossEntropy, focalFactor, trueClassLogit } from "./trueClass.ts"

export interface AdaptiveFocalOptions extends AdaptiveGammaOptions {
  /** Focusing exponent e: gamma, or a number that takes its place there. */
  readonly exponent: "adaptive" | number
  /** Weight w of the regions, hard times w and easy over w: gamma, or a number that takes its place there. */
  readonly regionWeight: "adaptive" | number
  /** Side of the square that grows the hard region, in pixels; 1 leaves it as the annotators disagree. */
  readonly kernel: number
  /** reference: p clipped to [1e-6, 1 - 1e-6] and log(p_t + 1e-6), as published; logits: without either. */
  readonly form: "reference" | "logits"
  /** What the focal term takes for logits. Gamma always sees the network's probabilities. */
  readonly input: LossInput
}

const epsilon = 1e-6
/** The published beta, one factor for both classes. */
const beta = 0.5

/** The logit of a probability of 1 - 1e-6. */
const largest = Math.log1p(-epsilon) - Math.log(epsilon)

/** (1 - p_t)^e (-log(p_t + 1e-6)) as published, p_t clipped to [1e-6, 1 - 1e-6] by its logit. In log space,
 *  -log(p_t + 1e-6) = -log p_t - log(1 + 1e-6 / p_t), because float32 has no p_t + 1e-6 near 1.
 */
const referenceFocal = (s: tf.Tensor4D, exponent: number | tf.Tensor4D): tf.Tensor4D => {
  const clipped = tf.clipByValue(s, -largest, largest)
  const inverse = tf.add(tf.exp(tf.neg(clipped)), 1) // 1 / p_t
  const cost = tf.sub(crossEntropy(clipped), tf.log1p(tf.mul(inverse, epsilon)))
  // At the clip the cost is 0, give or take a rounding.
  return tf.mul(focalFactor(clipped, exponent), tf.relu(cost))
}

const stableFocal = (s: tf.Tensor4D, exponent: number | tf.Tensor4D): tf.Tensor4D =>
  tf.mul(focalFactor(s, exponent), crossEntropy(s))

/** The loss for a given gamma, [1, 1, 1, 1] or [B, 1, 1, 1] and above 0. */
export const focalWithGamma = (
  options: AdaptiveFocalOptions,
  gamma: tf.Tensor4D,
  logits: tf.Tensor4D,
  mask: tf.Tensor4D,
  second: tf.Tensor4D,
): tf.Scalar => {
  const exponent = options.exponent === "adaptive" ? gamma : options.exponent
  const regionWeight = options.regionWeight === "adaptive" ? gamma : options.regionWeight
  const s = trueClassLogit(lossInput(options.input, logits), mask)
  const focal = options.form === "logits" ? stableFocal(s, exponent) : referenceFocal(s, exponent)
  const hard = hardRegion(mask, second, options.kernel)
  const weight = tf.add(tf.mul(hard, regionWeight), tf.div(tf.sub(1, hard), regionWeight))
  return tf.mul(tf.mean(tf.mul(focal, weight)), beta)
}

/** Adaptive focal loss, mean over B, H and W of 0.5 (1 - p_t)^e (-log p_t) (easy / w + w hard),
 *  e = w = gamma = difficulty + variability (see AdaptiveGammaOptions) unless fixed by an option,
 *  hard = the annotators' disagreement grown by dilate(kernel), easy = 1 - hard, both constant.
 *  The loss takes logits [B, H, W, 1] unbounded, truth.mask and truth.second in {0, 1}; it returns a scalar
 *  in [0, infinity). A hard pixel weighs gamma^2 times an easy one: less than it when gamma is below 1.
 *  An empty second mask whose image is all foreground for the network takes a gamma of areas to its floor.
 *  The loss throws ShapeError when shapes differ.
 *  Source: Thakur 2024, whose text leaves open what his code decides; each such decision is an option.
 *  Deviation: the code leaves 1 / gamma unguarded and cannot fix exponent and weight apart.
 *  @example adaptiveFocal({ ...seedCode, kernel: 4 }).apply({}, logits, { mask, second }, at)
 */
export const adaptiveFocal = (options: AdaptiveFocalOptions): Loss =>
  twoMaskLoss("adaptiveFocal", (logits, mask, second) =>
    focalWithGamma(options, adaptiveGamma(options, logits, mask, second), logits, mask, second),
  )

type Reading = Omit<AdaptiveFocalOptions, "kernel">

/** Exactly what the code computes, where gamma is at least the floor. */
export const seedCode: Reading = {
  difficulty: "area",
  variability: "area",
  over: "batch",
  gammaGradient: "detached",
  gammaFloor: 0.01,
  gammaCeiling: 2,
  exponent: "adaptive",
  regionWeight: "adaptive",
  form: "reference",
  input: "logits",
}

/** What the text says: confidence of the prediction, standard deviation of the annotations, per sample, and
 *  a gamma that is a function of the prediction like any other factor, so its gradient counts.
 *  The text is silent on the clip of p, which stays as in the code.
 */
export const seedText: Reading = {
  ...seedCode,
  difficulty: "confidence",
  variability: "std",
  over: "image",
  gammaGradient: "attached",
}
