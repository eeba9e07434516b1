import * as tf from "@tensorflow/tfjs-core"

/** What a loss takes for its logits: the network's, or, as in Thakur's trainer (2024), the probabilities
 *  sigmoid(z), so that the loss applies a second sigmoid. Its p then lies in (0.5, 0.73) for every z.
 */
export type LossInput = "logits" | "probabilities-as-logits"

export const lossInput = (input: LossInput, logits: tf.Tensor4D): tf.Tensor4D =>
  input === "logits" ? logits : tf.sigmoid(logits)
