import type { DiceFocalOptions } from "../../losses/diceFocal.ts"
import type { LossCase } from "../lossCase.ts"
import { plainBalancedFocal } from "./plainBalancedFocal.ts"
import { plainSoftDice } from "./plainSoftDice.ts"

/** Dice plus focal loss, in float64. */
export const plainDiceFocal = (of: LossCase, options: DiceFocalOptions): number =>
  options.diceWeight * plainSoftDice(of, options) + options.focalWeight * plainBalancedFocal(of, options)
