import type { LossCase } from "../../src/laws/lossCase.ts"

/** Central differences in float64, entry by entry: right to about 1e-9 for values of order 1. */
export const numericGradient = (f: (of: LossCase) => number, of: LossCase, step = 1e-5): number[] =>
  of.logits.map((_, i) => {
    const moved = (h: number) => f({ ...of, logits: of.logits.map((z, j) => (i === j ? z + h : z)) })
    return (moved(step) - moved(-step)) / (2 * step)
  })
