import { bce } from "./bce.ts"
import type { Loss } from "./loss.ts"
import { type SoftDiceOptions, softDice } from "./softDice.ts"
import { sum } from "./sum.ts"
import { weighted } from "./weighted.ts"

export interface DiceCeOptions extends SoftDiceOptions {
  /** At least 0. */
  readonly diceWeight: number
  /** At least 0. */
  readonly ceWeight: number
}

/** diceWeight softDice + ceWeight bce, in [0, infinity); the cross-entropy pulls where the Dice has no gradient.
 *  Masks, shapes and errors: as softDice and bce.
 *  Source: Isensee et al. 2021 (nnU-Net), whose sum it is; form and options as in MONAI's DiceCELoss.
 *  Deviation: nnU-Net's Dice is -D, so that its sum starts at -1.
 *  @example diceCe({ ...diceOptions, diceWeight: 1, ceWeight: 1 })
 */
export const diceCe = (options: DiceCeOptions): Loss =>
  sum([weighted(softDice(options), options.diceWeight), weighted(bce(), options.ceWeight)])
