import type { LossCase } from "../../src/laws/lossCase.ts"

/** The input of the numbers that the tests call golden; they were computed in float64. */
export const golden: LossCase = {
  shape: [1, 2, 4],
  logits: [-3, -1, 0, 0.5, 1, 2, 3, -0.2],
  mask: [0, 0, 1, 1, 1, 1, 1, 0],
  second: [0, 1, 1, 1, 1, 1, 0, 0],
}
