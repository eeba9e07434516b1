import { type Claim, holds } from "../../../laws/claim.ts"
import { equals } from "../../../laws/limits.ts"
import { plainTversky } from "../../../laws/plain/plainTversky.ts"
import { risesWith } from "../../../laws/shape.ts"
import { swapWith } from "../../../laws/symmetry.ts"
import { jaccard } from "../../../losses/jaccard.ts"
import { softDice } from "../../../losses/softDice.ts"
import { type TverskyOptions, tversky } from "../../../losses/tversky.ts"
import type { NumberDescription } from "../../language/description.ts"
import { areaClaims, over, overlapClaims, smooth } from "./areas.ts"
import { lossEntry } from "./lossEntry.ts"

const weightOf = (what: string): NumberDescription => ({
  tag: "number",
  doc: `What a ${what} weighs, where a true positive weighs 1.`,
  minimum: 0,
  maximum: 10,
  default: 0.5,
})

/** The options of a Tversky index. */
export const tverskyFields = {
  falsePositive: weightOf("false positive"),
  falseNegative: weightOf("false negative"),
  smooth,
  over,
}

export const someErrorCounts = ({ falsePositive, falseNegative }: TverskyOptions) =>
  falsePositive === 0 && falseNegative === 0
    ? {
        path: "falsePositive",
        message: "neither false positives nor false negatives weigh anything, so the loss is always 0",
        fix: "give falsePositive or falseNegative a weight above 0",
      }
    : null

/** What holds for a Tversky loss and for its powers. */
export const tverskyClaims: readonly Claim[] = [
  ...overlapClaims,
  ...[risesWith("falsePositive"), risesWith("falseNegative")].map(holds),
  holds(
    swapWith("swappableWithWeights", ", and so are the two weights", (o: TverskyOptions) => ({
      falsePositive: o.falseNegative,
      falseNegative: o.falsePositive,
    })),
  ),
]

const build = (options: TverskyOptions) => tversky(options)

export const tverskyEntry = lossEntry<TverskyOptions>({
  doc: "Tversky: soft Dice with one weight for false positives and another for false negatives.",
  fields: tverskyFields,
  check: someErrorCounts,
  words: {
    formula: [
      "1 - (TP + s) / (TP + a FP + b FN + s), mean over images",
      "TP = sum p y, FP = sum p (1 - y), FN = sum (1 - p) y",
      "a = falsePositive, b = falseNegative, s = smooth",
    ],
    source:
      "Salehi et al. 2017, alpha = a and beta = b, as in MONAI's TverskyLoss. Elsewhere names differ: alpha weighs FN in Abraham and Khan's code, delta weighs FN in Yeung's.",
    useWhen:
      "When a missed pixel costs more than a false alarm, or the reverse: falseNegative 0.7 and falsePositive 0.3 is the usual choice for small lesions.",
    problems: [
      "0.5 and 0.5 is softDice, with twice the smoothing: compare them with smooth set accordingly.",
      "No gradient where the network is sure and wrong, and an image without foreground costs all but 1: see softDice.",
      "Smoothed labels: p = y is not the minimum.",
    ],
  },
  softMask: true,
  plain: plainTversky,
  claims: [
    ...tverskyClaims,
    holds(
      equals<TverskyOptions>({
        name: "halvesAreDice",
        says: "With both weights 0.5 it is softDice with twice the smoothing.",
        set: { falsePositive: 0.5, falseNegative: 0.5 },
        other: (o) => ({ loss: softDice({ smooth: 2 * o.smooth, over: o.over, squared: false }) }),
      }),
    ),
    holds(
      equals<TverskyOptions>({
        name: "onesAreJaccard",
        says: "With both weights 1 it is jaccard.",
        set: { falsePositive: 1, falseNegative: 1 },
        other: (o) => ({ loss: jaccard({ smooth: o.smooth, over: o.over }) }),
      }),
    ),
    ...areaClaims(build),
  ],
  sources: ["losses/tversky.ts"],
  build,
})
