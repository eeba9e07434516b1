import type { FocalDiceOptions } from "../../losses/focalDice.ts"
import type { LossCase } from "../lossCase.ts"
import { plainGuardedPower } from "./plainFocalTversky.ts"
import { dot, meanOverGroups, total } from "./plainGroups.ts"

/** Focal Dice loss, in float64. */
export const plainFocalDice = (of: LossCase, { beta, smooth, over }: FocalDiceOptions): number =>
  meanOverGroups(of, over, ({ p, y }) => {
    const dice = (2 * dot(p, y) + smooth) / (total(p) + total(y) + smooth)
    return 1 - plainGuardedPower(dice, 1 / beta, 0.005)
  })
