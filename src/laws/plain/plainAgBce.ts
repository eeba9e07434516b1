import type { AgBceOptions } from "../../losses/agBce.ts"
import type { LossCase } from "../lossCase.ts"
import { plainHard } from "./plainHard.ts"
import { sigmoid, softplus } from "./scalar.ts"

const epsilon = 1e-6

/** Annotation-guided cross-entropy, in float64. */
export const plainAgBce = (of: LossCase, { kernel, hardWeight, form }: AgBceOptions): number => {
  const hard = plainHard(of, kernel)
  let sum = 0
  of.logits.forEach((z, i) => {
    const s = of.mask[i] === 1 ? z : -z
    const loss = form === "logits" ? softplus(-s) : -Math.log(sigmoid(s) + epsilon)
    sum += (0.5 * loss * (hard[i] === 1 ? hardWeight : 1)) / (1 + hardWeight)
  })
  return sum / of.logits.length
}
