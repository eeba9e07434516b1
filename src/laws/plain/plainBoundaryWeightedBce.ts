import type { BoundaryWeightedBceOptions } from "../../losses/boundaryWeightedBce.ts"
import type { LossCase } from "../lossCase.ts"
import { mean, softplus } from "./scalar.ts"

/** Pixels from pixel i to the nearest one of its image on the other side of the border, less 1; Infinity where
 *  there is none. A soft mask is cut at 1/2. */
const fromBorder = ({ shape: [, rows, columns], mask }: LossCase, i: number): number => {
  const size = rows * columns
  const first = Math.floor(i / size) * size
  const inside = (j: number) => mask[j]! >= 0.5
  let nearest = Infinity
  for (let j = first; j < first + size; j++) {
    if (inside(j) === inside(i)) continue
    const down = Math.floor((j - first) / columns) - Math.floor((i - first) / columns)
    const right = (j % columns) - (i % columns)
    nearest = Math.min(nearest, Math.hypot(down, right))
  }
  return nearest - 1
}

/** Cross-entropy that weighs pixels near the border more, by looking at all pairs of pixels, in float64. */
export const plainBoundaryWeightedBce = (
  of: LossCase,
  { borderWeight, sigmaPixels }: BoundaryWeightedBceOptions,
): number =>
  mean(
    of.logits.map((z, i) => {
      const near = Math.exp(-((fromBorder(of, i) / sigmaPixels) ** 2) / 2)
      const y = of.mask[i]!
      return (1 + borderWeight * near) * (y * softplus(-z) + (1 - y) * softplus(z))
    }),
  )
