import type { LossCase } from "../lossCase.ts"
import { mean, softplus } from "./scalar.ts"

/** Focal loss with one factor for both classes, in float64. */
export const plainFocal = ({ logits, mask }: LossCase, alpha: number, gamma: number): number =>
  alpha *
  mean(
    logits.map((z, i) => {
      const s = mask[i] === 1 ? z : -z
      return Math.exp(-gamma * softplus(s)) * softplus(-s)
    }),
  )
