import type { LossCase } from "../lossCase.ts"
import { mean } from "./scalar.ts"

/** Binary cross-entropy in the form in which it is usually printed. */
export const plainBce = ({ logits, mask }: LossCase): number =>
  mean(logits.map((z, i) => Math.max(z, 0) - z * mask[i]! + Math.log1p(Math.exp(-Math.abs(z)))))
