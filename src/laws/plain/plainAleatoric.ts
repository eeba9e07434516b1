import type { LossCase } from "../lossCase.ts"
import { mean, softplus } from "./scalar.ts"

/** Cross-entropy of the mean likelihood over noisy copies, in float64.
 *  @param noise one list for each copy, as long as the logits */
export const plainAleatoric = (
  { logits, mask }: LossCase,
  sigma: number,
  noise: readonly (readonly number[])[],
): number =>
  mean(
    logits.map((z, i) => {
      const y = mask[i]!
      const costs = noise.map((copy) => {
        const noisy = z + sigma * copy[i]!
        return y * softplus(-noisy) + (1 - y) * softplus(noisy)
      })
      const least = Math.min(...costs)
      return least - Math.log(mean(costs.map((cost) => Math.exp(least - cost))))
    }),
  )
