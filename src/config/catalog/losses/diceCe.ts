import { nonNegative, perfectIsFree } from "../../../laws/bounds.ts"
import { doesNotHold, holds } from "../../../laws/claim.ts"
import { equals } from "../../../laws/limits.ts"
import { plainDiceCe } from "../../../laws/plain/plainDiceCe.ts"
import { fallsAs, fallsWithMargin, risesWith } from "../../../laws/shape.ts"
import { complementary } from "../../../laws/symmetry.ts"
import { bce } from "../../../losses/bce.ts"
import { type DiceCeOptions, diceCe } from "../../../losses/diceCe.ts"
import { softDice } from "../../../losses/softDice.ts"
import type { NumberDescription } from "../../language/description.ts"
import { areaClaims, over, smooth } from "./areas.ts"
import { lossEntry } from "./lossEntry.ts"
import { squared } from "./softDice.ts"

/** Weight of a part of a sum whose parts are named. */
export const partWeight = (part: string): NumberDescription => ({
  tag: "number",
  doc: `Weight of the ${part}.`,
  minimum: 0,
  maximum: 100,
  default: 1,
})

export const diceCeEntry = lossEntry<DiceCeOptions>({
  doc: "Soft Dice plus binary cross-entropy.",
  fields: { diceWeight: partWeight("Dice"), ceWeight: partWeight("cross-entropy"), smooth, over, squared },
  words: {
    formula: ["diceWeight softDice + ceWeight bce"],
    source:
      "Isensee et al. 2021 (nnU-Net), whose Dice is -D where this one is 1 - D; options as in MONAI's DiceCELoss.",
    useWhen:
      "As the first choice for most segmentations: Dice does not let the background outvote a small object, and cross-entropy has a gradient where Dice has none.",
    problems: [
      "Early in training the cross-entropy decides, later the Dice: their gradients are of different size, whatever the weights.",
      "An image without foreground costs diceWeight unless next to nothing is predicted: see softDice.",
    ],
  },
  softMask: true,
  plain: plainDiceCe,
  claims: [
    ...[nonNegative, perfectIsFree, fallsWithMargin].map(holds),
    ...[risesWith("diceWeight"), risesWith("ceWeight"), fallsAs("smooth")].map(holds),
    doesNotHold(complementary, "background that is found counts for nothing in the Dice"),
    holds(
      equals<DiceCeOptions>({
        name: "withoutCeIsDice",
        says: "With ceWeight 0 it is diceWeight times softDice.",
        set: { ceWeight: 0 },
        other: (options) => ({ loss: softDice(options), times: options.diceWeight }),
      }),
    ),
    holds(
      equals<DiceCeOptions>({
        name: "withoutDiceIsBce",
        says: "With diceWeight 0 it is ceWeight times bce.",
        set: { diceWeight: 0 },
        other: ({ ceWeight }) => ({ loss: bce(), times: ceWeight }),
      }),
    ),
    ...areaClaims(diceCe),
  ],
  sources: ["losses/diceCe.ts"],
  build: diceCe,
})
