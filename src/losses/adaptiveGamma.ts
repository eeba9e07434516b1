import * as tf from "@tensorflow/tfjs-core"
import { stopGradient } from "../tensor/stopGradient.ts"
import { disagreement } from "./hardRegion.ts"
import { crossEntropy, trueClassLogit } from "./trueClass.ts"

export interface AdaptiveGammaOptions {
  /** How hard the prediction is; with p = sigmoid(z), z the network's logits:
   *  area        1 - mean p, in [0, 1]: the share that is not predicted (Thakur's code);
   *  confidence  1 - mean |2p - 1|, in [0, 1]: 1 on the decision boundary;
   *  entropy     mean binary entropy of p in bits, in [0, 1];
   *  mean-loss   mean binary cross-entropy, in nats, unbounded. */
  readonly difficulty: "area" | "confidence" | "entropy" | "mean-loss"
  /** How much the annotation varies, with n the second mask:
   *  area          mean n, in [0, 1]: its foreground (Thakur's code);
   *  disagreement  share of pixels where the masks differ, in [0, 1];
   *  std           mean over pixels of the standard deviation of the two annotations, in [0, 0.5]. */
  readonly variability: "area" | "disagreement" | "std"
  /** One gamma for the batch, or one for each image. */
  readonly over: "batch" | "image"
  /** detached: gamma is a constant with respect to the gradient; attached: it is not. */
  readonly gammaGradient: "detached" | "attached"
  /** Gamma is clipped to [gammaFloor, gammaCeiling]; the floor keeps 1 / gamma finite. */
  readonly gammaFloor: number
  readonly gammaCeiling: number
}

/** |x| whose gradient at 0 is 0; that of tf.abs is -1 there. */
const absolute = (x: tf.Tensor4D): tf.Tensor4D => tf.add(tf.relu(x), tf.relu(tf.neg(x)))

const difficultyPerPixel = (
  difficulty: AdaptiveGammaOptions["difficulty"],
  logits: tf.Tensor4D,
  mask: tf.Tensor4D,
): tf.Tensor4D => {
  switch (difficulty) {
    case "area":
      return tf.sigmoid(tf.neg(logits))
    case "confidence":
      // 1 - |2p - 1| = 2 min(p, 1 - p)
      return tf.mul(tf.sigmoid(tf.neg(absolute(logits))), 2)
    case "entropy": {
      const z = absolute(logits)
      const nats = tf.add(tf.softplus(tf.neg(z)), tf.mul(z, tf.sigmoid(tf.neg(z))))
      return tf.div(nats, Math.LN2)
    }
    case "mean-loss":
      return crossEntropy(trueClassLogit(logits, mask))
  }
}

const variabilityPerPixel = (
  variability: AdaptiveGammaOptions["variability"],
  mask: tf.Tensor4D,
  second: tf.Tensor4D,
): tf.Tensor4D => {
  switch (variability) {
    case "area":
      return second
    case "disagreement":
      return disagreement(mask, second)
    case "std":
      return tf.div(disagreement(mask, second), 2)
  }
}

/** What gamma follows, averaged over the batch, each [1, 1, 1, 1], or over each image, [B, 1, 1, 1]. */
export const gammaMeasures = (
  { difficulty, variability, over }: AdaptiveGammaOptions,
  logits: tf.Tensor4D,
  mask: tf.Tensor4D,
  second: tf.Tensor4D,
): { readonly difficulty: tf.Tensor4D; readonly variability: tf.Tensor4D } => {
  const average = (perPixel: tf.Tensor4D): tf.Tensor4D =>
    tf.mean<tf.Tensor4D>(perPixel, over === "batch" ? [0, 1, 2, 3] : [1, 2, 3], true)
  return {
    difficulty: average(difficultyPerPixel(difficulty, logits, mask)),
    variability: average(variabilityPerPixel(variability, mask, second)),
  }
}

/** Gamma of the adaptive focal loss: difficulty of the prediction plus variability of the annotation.
 *  @returns [1, 1, 1, 1] over the batch, [B, 1, 1, 1] over images, in [gammaFloor, gammaCeiling]
 */
export const adaptiveGamma = (
  options: AdaptiveGammaOptions,
  logits: tf.Tensor4D,
  mask: tf.Tensor4D,
  second: tf.Tensor4D,
): tf.Tensor4D => {
  const { difficulty, variability } = gammaMeasures(options, logits, mask, second)
  const sum: tf.Tensor4D = tf.add(difficulty, variability)
  const gamma = tf.clipByValue(sum, options.gammaFloor, options.gammaCeiling)
  return options.gammaGradient === "detached" ? stopGradient(gamma) : gamma
}
