import * as tf from "@tensorflow/tfjs-core"

/** The logit of the true class, s = z where the mask is 1 and -z where it is 0: p_t = sigmoid(s). A soft mask has no
 *  true class: see binaryCrossEntropy.ts. */
export const trueClassLogit = (logits: tf.Tensor4D, mask: tf.Tensor4D): tf.Tensor4D =>
  tf.mul(logits, tf.sub(tf.mul(mask, 2), 1))

/** -log p_t = softplus(-s), at least 0; binary cross-entropy per pixel. Exact in float32 for any s. */
export const crossEntropy = (s: tf.Tensor4D): tf.Tensor4D => tf.softplus(tf.neg(s))

/** (1 - p_t)^exponent = exp(-exponent softplus(s)), in [0, 1].
 *  In log space, because (1 - p_t)^(exponent - 1) in the gradient of a plain power is infinite where p_t
 *  rounds to 1 and the exponent is below 1.
 */
export const focalFactor = (s: tf.Tensor4D, exponent: number | tf.Tensor4D): tf.Tensor4D =>
  tf.exp(tf.mul(tf.neg(tf.softplus(s)), exponent))
