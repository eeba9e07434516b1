import * as tf from "@tensorflow/tfjs-core"
import { hardRegion } from "./hardRegion.ts"
import type { Loss } from "./loss.ts"
import { twoMaskLoss } from "./maskLoss.ts"
import { crossEntropy, trueClassLogit } from "./trueClass.ts"

export interface AgBceOptions {
  /** Side of the square that grows the hard region, in pixels; 1 leaves it as the annotators disagree. */
  readonly kernel: number
  /** Weight of a hard pixel over an easy one, h. */
  readonly hardWeight: number
  /** reference: -log(p_t + 1e-6), as published; logits: softplus(-s), the same without the 1e-6. */
  readonly form: "reference" | "logits"
}

const epsilon = 1e-6
/** The published beta: each class's share of the cross-entropy. */
const classShare = 0.5

/** Annotation-guided binary cross-entropy, mean over B, H and W of
 *  0.5 (-log p_t) (easy + h hard) / (1 + h),
 *  hard = the annotators' disagreement grown by dilate(kernel), easy = 1 - hard, both constant.
 *  The loss takes logits [B, H, W, 1] unbounded, truth.mask and truth.second in {0, 1}; it returns a scalar,
 *  0 at best (the reference form: between -0.5e-6 and 6.91). Equal masks, two empty ones too, give
 *  0.5 bce / (1 + h).
 *  The loss throws ShapeError when shapes differ.
 *  Source: Jiang et al. 2024 (MicroSegNet), its code. The reference form keeps its trait that a confident
 *  error has no gradient: at z = -14 it is half of cross-entropy's, at -20 a five-hundredth.
 *  Deviation: the published code shares beta between the classes; it is 0.5 and no option here.
 *  @example agBce({ kernel: 4, hardWeight: 4, form: "reference" }).apply({}, logits, { mask, second }, at)
 */
export const agBce = ({ kernel, hardWeight, form }: AgBceOptions): Loss =>
  twoMaskLoss("agBce", (logits, mask, second) => {
    const s = trueClassLogit(logits, mask)
    const perPixel = form === "logits" ? crossEntropy(s) : tf.neg(tf.log(tf.add(tf.sigmoid(s), epsilon)))
    const hard = hardRegion(mask, second, kernel)
    const weight = tf.div(tf.add(1, tf.mul(hard, hardWeight - 1)), 1 + hardWeight)
    return tf.mul(tf.mean(tf.mul(perPixel, weight)), classShare)
  })
