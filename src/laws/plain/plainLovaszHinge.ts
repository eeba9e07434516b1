import type { LovaszHingeOptions } from "../../losses/lovaszHinge.ts"
import { images, type LossCase } from "../lossCase.ts"
import { mean } from "./scalar.ts"

/** Jaccard loss when some pixels are mistakes: what is left of the foreground over that and the mistakes. */
const jaccardLoss = (mask: readonly number[], mistakes: ReadonlySet<number>): number => {
  const left = mask.reduce((sum, y, i) => sum + (mistakes.has(i) ? 0 : y), 0)
  return mistakes.size === 0 ? 0 : 1 - left / (left + mistakes.size)
}

const ofGroup = ({ logits, mask }: LossCase): number => {
  const errors = logits.map((z, i) => 1 - z * (2 * mask[i]! - 1))
  const worstFirst = [...errors.keys()].sort((i, j) => errors[j]! - errors[i]!)
  const mistakes = new Set<number>()
  let sum = 0
  for (const i of worstFirst) {
    const before = jaccardLoss(mask, mistakes)
    mistakes.add(i)
    sum += Math.max(errors[i]!, 0) * (jaccardLoss(mask, mistakes) - before)
  }
  return sum
}

/** Lovasz hinge, in float64: the Jaccard loss counted anew for each set of mistakes. */
export const plainLovaszHinge = (of: LossCase, { over }: LovaszHingeOptions): number =>
  mean((over === "image" ? images(of) : [of]).map(ofGroup))
