import { nonNegative, perfectIsFree } from "../../../laws/bounds.ts"
import { doesNotHold, holds } from "../../../laws/claim.ts"
import { equals } from "../../../laws/limits.ts"
import { plainDiceFocal } from "../../../laws/plain/plainDiceFocal.ts"
import { fallsAs, fallsWithMargin, risesWith } from "../../../laws/shape.ts"
import { complementary } from "../../../laws/symmetry.ts"
import { diceCe } from "../../../losses/diceCe.ts"
import { type DiceFocalOptions, diceFocal } from "../../../losses/diceFocal.ts"
import { focal } from "../../../losses/focal.ts"
import { softDice } from "../../../losses/softDice.ts"
import { areaClaims, over, smooth } from "./areas.ts"
import { partWeight } from "./diceCe.ts"
import { lossEntry } from "./lossEntry.ts"
import { squared } from "./softDice.ts"

export const diceFocalEntry = lossEntry<DiceFocalOptions>({
  doc: "Soft Dice plus focal loss.",
  fields: {
    diceWeight: partWeight("Dice"),
    focalWeight: partWeight("focal loss"),
    alpha: {
      tag: "anyOf",
      doc: "Of the focal loss: weight of the foreground, against 1 - alpha for the background; off: 1 for both.",
      options: [
        { tag: "number", doc: "A weight.", minimum: 0, maximum: 1 },
        { tag: "enum", doc: "No balance.", values: ["off"] },
      ],
      default: "off",
    },
    gamma: {
      tag: "number",
      doc: "Focusing exponent of the focal loss.",
      minimum: 0,
      maximum: 10,
      default: 2,
    },
    smooth,
    over,
    squared,
  },
  words: {
    formula: ["diceWeight softDice + focalWeight focal"],
    source: "Zhu et al. 2019 (AnatomyNet); options and defaults as in MONAI's DiceFocalLoss.",
    useWhen: "In place of diceCe when most pixels are easy and the hard ones few.",
    problems: [
      "With gamma 2 the focal part is far smaller than the Dice, and more so the better the network: AnatomyNet weighs it down further, others up.",
      "An image without foreground costs diceWeight unless next to nothing is predicted: see softDice.",
    ],
  },
  softMask: true,
  plain: plainDiceFocal,
  claims: [
    ...[nonNegative, perfectIsFree, fallsWithMargin].map(holds),
    ...[risesWith("diceWeight"), risesWith("focalWeight"), fallsAs("gamma"), fallsAs("smooth")].map(holds),
    doesNotHold(complementary, "background that is found counts for nothing in the Dice"),
    holds(
      equals<DiceFocalOptions>({
        name: "withoutFocalIsDice",
        says: "With focalWeight 0 it is diceWeight times softDice.",
        set: { focalWeight: 0 },
        other: (options) => ({ loss: softDice(options), times: options.diceWeight }),
      }),
    ),
    holds(
      equals<DiceFocalOptions>({
        name: "withoutDiceIsFocal",
        says: "With diceWeight 0 it is focalWeight times focal.",
        set: { diceWeight: 0 },
        other: (options) => ({ loss: focal(options), times: options.focalWeight }),
      }),
    ),
    holds(
      equals<DiceFocalOptions>({
        name: "gammaZeroIsDiceCe",
        says: "With gamma 0 and alpha off it is diceCe.",
        set: { gamma: 0, alpha: "off" },
        other: (options) => ({ loss: diceCe({ ...options, ceWeight: options.focalWeight }) }),
      }),
    ),
    ...areaClaims(diceFocal),
  ],
  sources: ["losses/diceFocal.ts"],
  build: diceFocal,
})
