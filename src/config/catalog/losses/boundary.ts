import { additive, imageOrder, meanReduction, resolutionFree } from "../../../laws/batch.ts"
import { atLeast, atMost, nonNegative, perfectCosts } from "../../../laws/bounds.ts"
import { doesNotHold, holds } from "../../../laws/claim.ts"
import { linearInProbability } from "../../../laws/linearInProbability.ts"
import type { LossCase } from "../../../laws/lossCase.ts"
import { plainBoundary } from "../../../laws/plain/plainBoundary.ts"
import { plainDistance } from "../../../laws/plain/plainDistance.ts"
import { mean } from "../../../laws/plain/scalar.ts"
import { convex, fallsWithMargin } from "../../../laws/shape.ts"
import { complementary, mirrored, pixelOrder, swappable, translated } from "../../../laws/symmetry.ts"
import { boundary } from "../../../losses/boundary.ts"
import { lossEntry } from "./lossEntry.ts"

/** Where p is the mask, and where it is the rest. */
const best = (_: object, of: LossCase) => mean(plainDistance(of).map((phi) => Math.min(phi, 0)))
const worst = (_: object, of: LossCase) => mean(plainDistance(of).map((phi) => Math.max(phi, 0)))

const least = "the mean of min(phi, 0)"

export const boundaryEntry = lossEntry<object>({
  doc: "Boundary loss: probabilities weighed by the signed distance to the mask's border. Needs a partner.",
  fields: {},
  words: {
    formula: [
      "mean of p phi",
      "phi = distance in pixels to the nearest pixel of the mask outside it, 1 minus the distance to the nearest pixel outside within it, 0 in an image whose mask is empty or full",
    ],
    source:
      "Kervadec et al. 2019, and their code, which leaves phi of a full mask to chance and refuses maps that hold 0 and 1 alone.",
    useWhen:
      "In a sum with a loss of regions such as softDice, for small objects; its authors start with a weight of 0.01 and raise it by as much each epoch.",
    problems: [
      "It is negative near its optimum, so it cannot stand in an uncertainty-weighted sum, and a value of 0 means nothing.",
      "Alone it trains badly: on an image without foreground it is 0 whatever is predicted.",
      "The outermost pixels of the mask have phi = 0: nothing there is supervised.",
      "A confident error has next to no gradient: that of the sigmoid.",
      "It grows with the size of the image, in pixels: its weight does not carry over to another resolution.",
    ],
  },
  softMask: true,
  plain: plainBoundary,
  claims: [
    doesNotHold(nonNegative, "phi is negative inside the mask"),
    holds(atLeast("atLeastInsideDistances", least, best)),
    holds(atMost("atMostOutsideDistances", "the mean of max(phi, 0)", worst)),
    holds(perfectCosts("perfectCostsInsideDistances", least, best)),
    ...[linearInProbability, fallsWithMargin].map(holds),
    doesNotHold(convex, "the sigmoid is not"),
    doesNotHold(complementary, "phi is 0 on the inner side of the border and 1 on the outer one"),
    doesNotHold(swappable, "distances are those of the mask alone"),
    doesNotHold(pixelOrder, "distances depend on where pixels are"),
    ...[imageOrder, mirrored, translated, additive, meanReduction].map(holds),
    doesNotHold(resolutionFree, "distances are counted in pixels"),
  ],
  sources: ["losses/boundary.ts"],
  build: () => boundary(),
})
