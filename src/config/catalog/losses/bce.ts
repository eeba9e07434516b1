import { additive, imageOrder, meanReduction, resolutionFree } from "../../../laws/batch.ts"
import { nonNegative, perfectIsFree } from "../../../laws/bounds.ts"
import { holds } from "../../../laws/claim.ts"
import { plainBce } from "../../../laws/plain/plainBce.ts"
import { convex, fallsWithMargin } from "../../../laws/shape.ts"
import { complementary, mirrored, pixelOrder, translated } from "../../../laws/symmetry.ts"
import { bce } from "../../../losses/bce.ts"
import { lossEntry } from "./lossEntry.ts"

export const bceEntry = lossEntry<object>({
  doc: "Binary cross-entropy.",
  fields: {},
  words: {
    formula: ["mean of y (-log p) + (1 - y) (-log(1 - p))", "for y in {0, 1}: mean of -log p_t"],
    source:
      "The negative log-likelihood of a Bernoulli variable; computed from logits as in PyTorch's BCEWithLogitsLoss.",
    useWhen: "As the baseline. Its gradient never vanishes for a confident error.",
    problems: ["A small object is outvoted by the background: every pixel counts the same."],
  },
  softMask: true,
  plain: plainBce,
  claims: [
    ...[nonNegative, perfectIsFree, fallsWithMargin, convex],
    ...[complementary, pixelOrder, imageOrder, mirrored, translated],
    ...[additive, meanReduction, resolutionFree],
  ].map(holds),
  sources: ["losses/bce.ts"],
  build: () => bce(),
})
