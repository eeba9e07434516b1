import type { TverskyOptions } from "../../losses/tversky.ts"
import type { LossCase } from "../lossCase.ts"
import { dot, meanOverGroups, type PlainGroup } from "./plainGroups.ts"

/** Tversky index of one group, in float64. */
export const plainTverskyIndex = (
  { p, q, y }: PlainGroup,
  { falsePositive, falseNegative, smooth }: Omit<TverskyOptions, "over">,
): number => {
  const background = y.map((value) => 1 - value)
  const hits = dot(p, y) + smooth
  return hits / (hits + falsePositive * dot(p, background) + falseNegative * dot(q, y))
}

/** Tversky loss, in float64. */
export const plainTversky = (of: LossCase, options: TverskyOptions): number =>
  meanOverGroups(of, options.over, (group) => 1 - plainTverskyIndex(group, options))
