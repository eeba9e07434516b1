import type { FocalTverskyOptions } from "../../losses/focalTversky.ts"
import type { LossCase } from "../lossCase.ts"
import { meanOverGroups } from "./plainGroups.ts"
import { plainTverskyIndex } from "./plainTversky.ts"

/** x^exponent, and below the floor the straight line from 0 to the floor's power. */
export const plainGuardedPower = (x: number, exponent: number, floor: number): number =>
  x >= floor ? x ** exponent : (x / floor) * floor ** exponent

/** Focal Tversky loss, in float64. */
export const plainFocalTversky = (of: LossCase, options: FocalTverskyOptions): number =>
  meanOverGroups(of, options.over, (group) =>
    plainGuardedPower(1 - plainTverskyIndex(group, options), options.exponent, 1e-7),
  )
