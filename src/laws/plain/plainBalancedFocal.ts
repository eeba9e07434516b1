import type { FocalOptions } from "../../losses/focal.ts"
import type { LossCase } from "../lossCase.ts"
import { mean, softplus } from "./scalar.ts"

/** Focal loss with a weight for each class, in float64. */
export const plainBalancedFocal = ({ logits, mask }: LossCase, { alpha, gamma }: FocalOptions): number => {
  /** (1 - p)^gamma (-log p), p = sigmoid(s) */
  const term = (s: number) => Math.exp(-gamma * softplus(s)) * softplus(-s)
  const [ofForeground, ofBackground] = alpha === "off" ? [1, 1] : [alpha, 1 - alpha]
  return mean(
    logits.map((z, i) => ofForeground * mask[i]! * term(z) + ofBackground * (1 - mask[i]!) * term(-z)),
  )
}
