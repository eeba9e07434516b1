import { holds } from "../../../laws/claim.ts"
import { equals } from "../../../laws/limits.ts"
import { plainFocalTversky } from "../../../laws/plain/plainFocalTversky.ts"
import { fallsAs } from "../../../laws/shape.ts"
import { type FocalTverskyOptions, focalTversky } from "../../../losses/focalTversky.ts"
import { tversky } from "../../../losses/tversky.ts"
import { areaClaims } from "./areas.ts"
import { lossEntry } from "./lossEntry.ts"
import { someErrorCounts, tverskyClaims, tverskyFields } from "./tversky.ts"

const build = (options: FocalTverskyOptions) => focalTversky(options)

export const focalTverskyEntry = lossEntry<FocalTverskyOptions>({
  doc: "Focal Tversky: a power of the Tversky loss.",
  fields: {
    ...tverskyFields,
    exponent: {
      tag: "number",
      doc: "What 1 - TI is raised to: below 1 images that are nearly right count for more, above 1 for less.",
      exclusiveMinimum: 0,
      maximum: 10,
      default: 0.75,
    },
  },
  check: someErrorCounts,
  words: {
    formula: [
      "(1 - TI)^exponent, mean over images",
      "TI = (TP + s) / (TP + a FP + b FN + s), as in tversky",
      "where 1 - TI is below 1e-7: (1 - TI) 1e-7^(exponent - 1)",
    ],
    source:
      "Abraham and Khan 2019, whose code has weights 0.3 and 0.7, smooth 1, exponent 0.75 and the batch as one. Their gamma = 0.75 is the exponent in the code and its inverse in the README: the option here is the exponent itself.",
    useWhen:
      "When objects differ much in size or difficulty: an exponent above 1 turns to the images that are worst, one below 1 keeps refining those that are nearly right.",
    problems: [
      "An exponent below 1 has infinite slope where TI = 1. Below 1 - TI = 1e-7 it is replaced by a straight line; codes without such a guard have NaN gradients for a perfect prediction.",
      "An exponent above 1 has next to no gradient near a perfect prediction.",
      "No gradient where the network is sure and wrong, and an image without foreground costs all but 1: see softDice.",
    ],
  },
  softMask: true,
  plain: plainFocalTversky,
  claims: [
    ...tverskyClaims,
    holds(fallsAs("exponent")),
    holds(
      equals<FocalTverskyOptions>({
        name: "exponentOneIsTversky",
        says: "With exponent 1 it is tversky.",
        set: { exponent: 1 },
        other: (options) => ({ loss: tversky(options) }),
      }),
    ),
    ...areaClaims(build),
  ],
  sources: ["losses/focalTversky.ts"],
  build,
})
