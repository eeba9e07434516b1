import { type FocalOptions, focal } from "./focal.ts"
import type { Loss } from "./loss.ts"
import { type SoftDiceOptions, softDice } from "./softDice.ts"
import { sum } from "./sum.ts"
import { weighted } from "./weighted.ts"

export interface DiceFocalOptions extends SoftDiceOptions, FocalOptions {
  /** At least 0. */
  readonly diceWeight: number
  /** At least 0. */
  readonly focalWeight: number
}

/** diceWeight softDice + focalWeight focal, in [0, infinity). Masks, shapes and errors: as softDice and focal.
 *  Source: Zhu et al. 2019 (AnatomyNet); form, options and defaults as in MONAI's DiceFocalLoss.
 *  @example diceFocal({ ...diceOptions, diceWeight: 1, focalWeight: 1, alpha: "off", gamma: 2 })
 */
export const diceFocal = (options: DiceFocalOptions): Loss =>
  sum([weighted(softDice(options), options.diceWeight), weighted(focal(options), options.focalWeight)])
