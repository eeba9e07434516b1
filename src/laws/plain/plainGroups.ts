import type { Over } from "../../losses/groupAxes.ts"
import type { LossCase } from "../lossCase.ts"
import { mean, sigmoid } from "./scalar.ts"

/** Predicted probabilities p, their complement q = 1 - p, and the mask y of pixels that are counted together. */
export interface PlainGroup {
  readonly p: readonly number[]
  readonly q: readonly number[]
  readonly y: readonly number[]
}

/** Mean of what `loss` makes of each image, or its value for all pixels at once. */
export const meanOverGroups = (of: LossCase, over: Over, loss: (group: PlainGroup) => number): number => {
  const size = over === "batch" ? of.logits.length : of.shape[1] * of.shape[2]
  const groups: PlainGroup[] = []
  for (let start = 0; start < of.logits.length; start += size) {
    const logits = of.logits.slice(start, start + size)
    groups.push({
      p: logits.map(sigmoid),
      q: logits.map((z) => sigmoid(-z)),
      y: of.mask.slice(start, start + size),
    })
  }
  return mean(groups.map(loss))
}

/** Sum over pixels of a_i b_i. */
export const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0)

export const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
