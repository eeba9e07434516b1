import { holds } from "../../../laws/claim.ts"
import { equals } from "../../../laws/limits.ts"
import { plainFocalDice } from "../../../laws/plain/plainFocalDice.ts"
import { fallsAs } from "../../../laws/shape.ts"
import { swappable } from "../../../laws/symmetry.ts"
import { type FocalDiceOptions, focalDice } from "../../../losses/focalDice.ts"
import { softDice } from "../../../losses/softDice.ts"
import { areaClaims, over, overlapClaims, smooth } from "./areas.ts"
import { lossEntry } from "./lossEntry.ts"

const build = (options: FocalDiceOptions) => focalDice(options)

export const focalDiceEntry = lossEntry<FocalDiceOptions>({
  doc: "Focal Dice: one minus a root of Dice, so that images with little overlap pull hardest.",
  fields: {
    beta: {
      tag: "number",
      doc: "The root: 1 is softDice; the higher, the less images count that are nearly right.",
      minimum: 1,
      maximum: 10,
      default: 2,
    },
    smooth,
    over,
  },
  words: {
    formula: [
      "1 - D^(1 / beta), mean over images",
      "D = (2 sum p y + s) / (sum p + sum y + s), s = smooth",
      "where D is below 0.005: 1 - D 0.005^(1 / beta - 1)",
    ],
    source:
      "Wang and Chung 2018, with one class in place of its class weights and without its dilation of the masks, which is no part of the loss. PyMIC's code has the batch as one, and no guard at D = 0.",
    useWhen:
      "When some images, or the first epochs, have hardly any overlap and softDice is slow to find the object.",
    problems: [
      "The slope of a root is infinite at D = 0. Below D = 0.005 it is replaced by a straight line, with 14 times softDice's slope at beta 2; an image without foreground lies there.",
      "No gradient where the network is sure and wrong: see softDice.",
      "Smoothed labels: p = y is not the minimum.",
    ],
  },
  softMask: true,
  plain: plainFocalDice,
  claims: [
    ...overlapClaims,
    ...[fallsAs("beta"), swappable].map(holds),
    holds(
      equals<FocalDiceOptions>({
        name: "betaOneIsDice",
        says: "With beta 1 it is softDice.",
        set: { beta: 1 },
        other: (o) => ({ loss: softDice({ smooth: o.smooth, over: o.over, squared: false }) }),
      }),
    ),
    ...areaClaims(build),
  ],
  sources: ["losses/focalDice.ts"],
  build,
})
