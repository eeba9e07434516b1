import type { SoftDiceOptions } from "../../losses/softDice.ts"
import type { LossCase } from "../lossCase.ts"
import { dot, meanOverGroups, total } from "./plainGroups.ts"

/** Soft Dice loss in the form in which it is usually printed, in float64. */
export const plainSoftDice = (of: LossCase, { smooth, over, squared }: SoftDiceOptions): number =>
  meanOverGroups(of, over, ({ p, y }) => {
    const areas = squared ? dot(p, p) + dot(y, y) : total(p) + total(y)
    return 1 - (2 * dot(p, y) + smooth) / (areas + smooth)
  })
