import { holds } from "../../../laws/claim.ts"
import { differs } from "../../../laws/differs.ts"
import { startValue } from "../../../laws/instance.ts"
import { law } from "../../../laws/law.ts"
import { images, type LossCase } from "../../../laws/lossCase.ts"
import { lossCaseFor } from "../../../laws/lossCases.ts"
import { plainJaccard } from "../../../laws/plain/plainJaccard.ts"
import { swappable } from "../../../laws/symmetry.ts"
import { type JaccardOptions, jaccard } from "../../../losses/jaccard.ts"
import { softDice } from "../../../losses/softDice.ts"
import { areaClaims, over, overlapClaims, smooth } from "./areas.ts"
import { lossEntry } from "./lossEntry.ts"

const functionOfDice = law<{ of: LossCase }>({
  name: "functionOfDice",
  says: "Of one image it is 2 L / (1 + L), L being softDice with twice the smoothing.",
  given: (subject) => ({ of: lossCaseFor(subject) }),
  check: (loss, { of }) => {
    const [image] = images(of) as [LossCase]
    const { smooth: s } = loss.options as unknown as JaccardOptions
    const dice = startValue(softDice({ smooth: 2 * s, over: "image", squared: false }), image)
    return differs(loss.value(image), (2 * dice) / (1 + dice), "found", "expected of Dice")
  },
})

const build = (options: JaccardOptions) => jaccard(options)

export const jaccardEntry = lossEntry<JaccardOptions>({
  doc: "Soft Jaccard: one minus the common area over the united area (intersection over union).",
  fields: { smooth, over },
  words: {
    formula: ["1 - (sum p y + s) / (sum p + sum y - sum p y + s), mean over images", "s = smooth"],
    source:
      "Rahman and Wang 2016. MONAI's DiceLoss(jaccard=True) doubles its sums before it adds s: its s is twice this one.",
    useWhen:
      "When results are reported as intersection over union. It orders predictions as softDice does and falls more steeply near a perfect one.",
    problems: [
      "No gradient where the network is sure and wrong, and an image without foreground costs all but 1: see softDice.",
      "Smoothed labels: p = y is not the minimum.",
    ],
  },
  softMask: true,
  plain: plainJaccard,
  claims: [...overlapClaims, ...[swappable, functionOfDice].map(holds), ...areaClaims(build)],
  sources: ["losses/jaccard.ts"],
  build,
})
