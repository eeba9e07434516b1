import { holds } from "../../../laws/claim.ts"
import { law } from "../../../laws/law.ts"
import type { LossCase } from "../../../laws/lossCase.ts"
import { extremeLogit, lossCase } from "../../../laws/lossCases.ts"
import { plainSoftDice } from "../../../laws/plain/plainSoftDice.ts"
import { swappable } from "../../../laws/symmetry.ts"
import { type SoftDiceOptions, softDice } from "../../../losses/softDice.ts"
import type { BooleanDescription } from "../../language/description.ts"
import { areaClaims, over, overlapClaims, smooth } from "./areas.ts"
import { lossEntry } from "./lossEntry.ts"

/** Option `squared` of losses that hold a soft Dice. */
export const squared: BooleanDescription = {
  tag: "boolean",
  doc: "Whether the denominator sums p^2 + y^2 in place of p + y.",
  default: false,
}

const squaredIsLess = law<{ of: LossCase }>({
  name: "squaredIsLess",
  says: "Squared, it is no more than plain, for masks of 0 and 1.",
  given: () => ({ of: lossCase(extremeLogit) }),
  check: (loss, { of }) => {
    const [less, more] = [true, false].map((value) => loss.valueWith({ squared: value }, of)) as [
      number,
      number,
    ]
    return less <= more + 1e-6 ? null : `${less} squared, ${more} plain`
  },
})

const build = (options: SoftDiceOptions) => softDice(options)

export const softDiceEntry = lossEntry<SoftDiceOptions>({
  doc: "Soft Dice: one minus twice the common area over the sum of both areas.",
  fields: { smooth, over, squared },
  words: {
    formula: [
      "1 - (2 sum p y + s) / (sum p + sum y + s), mean over images",
      "squared: 1 - (2 sum p y + s) / (sum p^2 + sum y^2 + s)",
      "s = smooth",
    ],
    source:
      "Milletari et al. 2016 (V-Net), which squares; options and defaults as in MONAI's DiceLoss, but for one s where MONAI has two.",
    useWhen:
      "When the object is small and its overlap is what counts, as a rule together with a loss of pixels (diceCe).",
    problems: [
      "No gradient where the network is sure and wrong: it vanishes with p (1 - p), and bce's does not.",
      "An image without foreground costs all but 1 unless the predicted area is of the size of smooth, so a single pixel predicted there decides between 0 and 1.",
      "Smoothed labels: plain, p = y is not the minimum, and the loss there is not 0; squared, it is.",
      "Trained by it, probabilities tend to 0 and 1: they say little of how sure the network is.",
    ],
  },
  softMask: true,
  plain: plainSoftDice,
  claims: [...overlapClaims, ...[swappable, squaredIsLess].map(holds), ...areaClaims(build)],
  sources: ["losses/softDice.ts"],
  build,
})
