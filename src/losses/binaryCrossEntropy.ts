import * as tf from "@tensorflow/tfjs-core"

/** softplus(-|z|). Where no exponential is large, this takes TensorFlow less than its softplus. */
const tailOf = (z: tf.Tensor): tf.Tensor => tf.log1p(tf.exp(tf.neg(tf.abs(z))))

/** What each class costs at a logit, at least 0: -log p = softplus(-z) for the foreground, -log(1 - p) = softplus(z)
 *  for the background. From one softplus(-|z|), whose sum with max(z, 0) or max(-z, 0) is exact in float32 at both
 *  tails; softplus(z) - z would lose e^-z to rounding. Not to be differentiated: it is for values whose slope is
 *  written beside them.
 */
export const classCosts = (
  z: tf.Tensor,
): { readonly foreground: tf.Tensor; readonly background: tf.Tensor } => {
  const tail = tailOf(z)
  const positive = tf.relu(z)
  return { foreground: tf.add(tail, tf.sub(positive, z)), background: tf.add(tail, positive) }
}

/** y softplus(-z) + (1 - y) softplus(z), at least 0: binary cross-entropy per pixel; shapes broadcast. The mask may
 *  be soft, y in [0, 1]; for y in {0, 1} it is exact in float32 for any z. Its derivative is sigmoid(z) - y. Not to be
 *  differentiated, as classCosts.
 */
export const binaryCrossEntropy = (z: tf.Tensor, mask: tf.Tensor): tf.Tensor =>
  tf.add(tailOf(z), tf.sub(tf.relu(z), tf.mul(z, mask)))
