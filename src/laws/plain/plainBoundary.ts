import type { LossCase } from "../lossCase.ts"
import { plainDistance } from "./plainDistance.ts"
import { mean, sigmoid } from "./scalar.ts"

/** Boundary loss, in float64. */
export const plainBoundary = (of: LossCase): number =>
  mean(plainDistance(of).map((phi, i) => phi * sigmoid(of.logits[i]!)))
