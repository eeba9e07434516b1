import type { UnifiedFocalOptions } from "../../losses/unifiedFocal.ts"
import type { LossCase } from "../lossCase.ts"
import { plainGuardedPower } from "./plainFocalTversky.ts"
import { meanOverGroups } from "./plainGroups.ts"
import { plainTverskyIndex } from "./plainTversky.ts"
import { mean, sigmoid, softplus } from "./scalar.ts"

/** Unified focal loss, in float64. */
export const plainUnifiedFocal = (of: LossCase, options: UnifiedFocalOptions): number => {
  const { symmetry, delta, gamma, weight, smooth, over } = options
  const enhanced = (index: number) => plainGuardedPower(1 - index, 1 - gamma, 1e-7)
  const weights = { falsePositive: 1 - delta, falseNegative: delta, smooth }
  const region = meanOverGroups(of, over, ({ p, q, y }) => {
    const foreground = plainTverskyIndex({ p, q, y }, weights)
    const background = plainTverskyIndex({ p: q, q: p, y: y.map((value) => 1 - value) }, weights)
    return (enhanced(foreground) + (symmetry === "symmetric" ? enhanced(background) : 1 - background)) / 2
  })
  const pixels = of.logits.map((z, i) => {
    const suppressed = symmetry === "symmetric" ? sigmoid(-z) ** gamma : 1
    const foreground = delta * of.mask[i]! * suppressed * softplus(-z)
    const background = (1 - delta) * (1 - of.mask[i]!) * sigmoid(z) ** gamma * softplus(z)
    return foreground + background
  })
  return weight * region + (1 - weight) * mean(pixels)
}
