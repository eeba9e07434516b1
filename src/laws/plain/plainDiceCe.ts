import type { DiceCeOptions } from "../../losses/diceCe.ts"
import type { LossCase } from "../lossCase.ts"
import { plainBce } from "./plainBce.ts"
import { plainSoftDice } from "./plainSoftDice.ts"

/** Dice plus cross-entropy, in float64. */
export const plainDiceCe = (of: LossCase, options: DiceCeOptions): number =>
  options.diceWeight * plainSoftDice(of, options) + options.ceWeight * plainBce(of)
