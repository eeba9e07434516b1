import { focalCrossEntropy } from "./focalCrossEntropy.ts"
import type { Loss } from "./loss.ts"
import { maskLoss } from "./maskLoss.ts"

export interface FocalOptions {
  /** Weight of the foreground, the background's is 1 - alpha; off: 1 for both. */
  readonly alpha: number | "off"
  /** Focusing exponent, at least 0. */
  readonly gamma: number
}

/** Focal loss, mean over B, H and W of
 *  alpha y (1 - p)^gamma (-log p) + (1 - alpha) (1 - y) p^gamma (-log(1 - p)), p = sigmoid(z).
 *  Powers are taken in log space, (1 - p)^gamma = exp(-gamma softplus(z)), so any gamma from 0 has a finite slope
 *  where p rounds to 1.
 *  The loss takes logits [B, H, W, 1] unbounded and truth.mask in [0, 1]; it returns a scalar in [0, infinity), at most
 *  that with gamma 0, which for alpha off is bce and for alpha = 0.5 half of it. Empty and full masks are nothing
 *  special: the weight of the class that is missing is lost.
 *  The loss throws ShapeError when shapes differ.
 *  Source: Lin et al. 2017. Deviations: the mean over pixels, where RetinaNet divides by the count of positive
 *  anchors (torchvision's default is no reduction at all); a soft mask mixes the two classes' losses, where
 *  torchvision mixes p_t and alpha_t.
 *  @example focal({ alpha: 0.25, gamma: 2 }).apply({}, logits, { mask }, at)
 */
export const focal = ({ alpha, gamma }: FocalOptions): Loss =>
  maskLoss("focal", (logits, mask) => {
    const [ofForeground, ofBackground] = alpha === "off" ? [1, 1] : [alpha, 1 - alpha]
    return focalCrossEntropy(logits, mask, { weight: ofForeground, gamma }, { weight: ofBackground, gamma })
  })
