import type { JaccardOptions } from "../../losses/jaccard.ts"
import type { LossCase } from "../lossCase.ts"
import { dot, meanOverGroups, total } from "./plainGroups.ts"

/** Soft Jaccard loss, 1 - intersection over union, in float64. */
export const plainJaccard = (of: LossCase, { smooth, over }: JaccardOptions): number =>
  meanOverGroups(of, over, ({ p, y }) => {
    const intersection = dot(p, y)
    const union = total(p) + total(y) - intersection
    return 1 - (intersection + smooth) / (union + smooth)
  })
