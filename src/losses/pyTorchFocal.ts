import * as tf from "@tensorflow/tfjs-core"
import type { Loss } from "./loss.ts"
import { type LossInput, lossInput } from "./lossInput.ts"
import { maskLoss } from "./maskLoss.ts"
import { crossEntropy, focalFactor, trueClassLogit } from "./trueClass.ts"

export interface PyTorchFocalOptions {
  /** One factor for both classes, not a balance between them. */
  readonly alpha: number
  /** Focusing exponent, at least 0. */
  readonly gamma: number
  readonly input: LossInput
}

/** The "PyTorch focal loss" of Thakur (2024), mean over B, H and W: alpha (1 - p_t)^gamma (-log p_t).
 *  The loss takes logits [B, H, W, 1] unbounded and truth.mask in {0, 1}; it returns a scalar in
 *  [0, infinity), and 0 <= loss <= alpha bce. Empty and full masks are nothing special.
 *  The loss throws ShapeError when shapes differ.
 *  Source: Lin et al. 2017, whose alpha weighs the foreground by alpha and the background by 1 - alpha;
 *  here alpha is a constant factor, as in Thakur's code, although his text speaks of class balance.
 *  Deviation of the trained code: its trainer gave the loss probabilities, see LossInput; with alpha
 *  0.25 and gamma 2 the loss then cannot fall below 0.0057 on foreground and 0.0433 on background.
 *  @example pyTorchFocal({ alpha: 0.25, gamma: 2, input: "logits" }).apply({}, logits, { mask }, at)
 */
export const pyTorchFocal = ({ alpha, gamma, input }: PyTorchFocalOptions): Loss =>
  maskLoss("pyTorchFocal", (logits, mask) => {
    const s = trueClassLogit(lossInput(input, logits), mask)
    return tf.mul(tf.mean(tf.mul(focalFactor(s, gamma), crossEntropy(s))), alpha)
  })
