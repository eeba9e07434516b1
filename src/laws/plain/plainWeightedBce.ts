import type { WeightedBceOptions } from "../../losses/weightedBce.ts"
import type { LossCase } from "../lossCase.ts"
import { mean, softplus } from "./scalar.ts"

/** Cross-entropy with a weight for the foreground, in float64. */
export const plainWeightedBce = (
  { logits, mask }: LossCase,
  { foregroundWeight }: WeightedBceOptions,
): number =>
  mean(logits.map((z, i) => foregroundWeight * mask[i]! * softplus(-z) + (1 - mask[i]!) * softplus(z)))
