import { nonNegative, perfectIsFree } from "../../../laws/bounds.ts"
import { doesNotHold, holds } from "../../../laws/claim.ts"
import { differs } from "../../../laws/differs.ts"
import { law } from "../../../laws/law.ts"
import { equals } from "../../../laws/limits.ts"
import { complement, type LossCase } from "../../../laws/lossCase.ts"
import { lossCaseFor } from "../../../laws/lossCases.ts"
import { plainUnifiedFocal } from "../../../laws/plain/plainUnifiedFocal.ts"
import { convex, fallsAs, fallsWithMargin } from "../../../laws/shape.ts"
import { complementary } from "../../../laws/symmetry.ts"
import { bce } from "../../../losses/bce.ts"
import { focal } from "../../../losses/focal.ts"
import { type UnifiedFocalOptions, unifiedFocal } from "../../../losses/unifiedFocal.ts"
import { areaClaims, over, smooth } from "./areas.ts"
import { lossEntry } from "./lossEntry.ts"

type Some = Partial<UnifiedFocalOptions>

/** A symmetry of one part of the loss. @param exchanged what the options become with the classes exchanged */
const partComplementary = (name: string, says: string, part: Some, exchanged: (delta: number) => Some) =>
  law<{ of: LossCase }>({
    name,
    says,
    given: (subject) => ({ of: lossCaseFor(subject) }),
    check: (loss, { of }) => {
      const { delta } = loss.options as unknown as UnifiedFocalOptions
      const other = loss.valueWith({ ...part, ...exchanged(delta) }, complement(of))
      return differs(loss.valueWith({ ...part }, of), other, "as it is", "exchanged")
    },
  })

const pixelsComplementary = partComplementary(
  "pixelsComplementary",
  "Symmetric and with weight 0, it stays the same when the classes are exchanged and delta becomes 1 - delta.",
  { symmetry: "symmetric", weight: 0 },
  (delta) => ({ delta: 1 - delta }),
)

const regionsComplementary = partComplementary(
  "regionsComplementary",
  "Symmetric and with weight 1, it stays the same when the classes are exchanged.",
  { symmetry: "symmetric", weight: 1 },
  () => ({}),
)

const build = (options: UnifiedFocalOptions) => unifiedFocal(options)

const share = (doc: string, value: number) =>
  ({ tag: "number", doc, minimum: 0, maximum: 1, default: value }) as const

export const unifiedFocalEntry = lossEntry<UnifiedFocalOptions>({
  doc: "Unified focal: a focal Tversky loss and a focal cross-entropy, both of both classes, with common options.",
  fields: {
    symmetry: {
      tag: "enum",
      doc: "symmetric: all terms are focused; asymmetric: foreground pixels and the background's Tversky index are not.",
      values: ["symmetric", "asymmetric"],
      default: "asymmetric",
    },
    delta: share(
      "Weight of foreground pixels and of false negatives; 1 - delta that of their opposites.",
      0.6,
    ),
    gamma: {
      tag: "number",
      doc: "Pixels are focused by (1 - p_t)^gamma, Tversky errors by a power of 1 - gamma; 0 does not focus.",
      minimum: 0,
      exclusiveMaximum: 1,
      default: 0.5,
    },
    weight: share("Share of the Tversky part; the rest is the cross-entropy's.", 0.5),
    smooth,
    over,
  },
  words: {
    formula: [
      "weight R + (1 - weight) C",
      "C = mean of delta y (1 - p)^gamma (-log p) + (1 - delta) (1 - y) p^gamma (-log(1 - p)); asymmetric: without (1 - p)^gamma",
      "R = mean over images of (F^(1 - gamma) + B^(1 - gamma)) / 2; asymmetric: (F^(1 - gamma) + B) / 2",
      "F = 1 - (TP + s) / (TP + delta FN + (1 - delta) FP + s); B is F of the background: TN for TP, FP and FN exchanged; s = smooth",
    ],
    source:
      "Yeung et al. 2022, their code. MONAI's weight is that of the cross-entropy, which it averages over both classes where the code adds them up; the paper writes 1 - gamma where the code has gamma. The code clips p to [1e-7, 1 - 1e-7] and smooths by 1e-7.",
    useWhen:
      "When the foreground is rare and one option each is wanted for class balance, focus and mixture.",
    problems: [
      "Its two parts are of different size: C falls with gamma where R rises.",
      "The background's index is close to 1 as soon as the background is large: B then adds next to nothing, and F carries the part.",
      "An image without foreground costs weight / 2 unless the predicted area is of the size of smooth.",
    ],
  },
  softMask: true,
  plain: plainUnifiedFocal,
  claims: [
    ...[nonNegative, perfectIsFree, fallsWithMargin, fallsAs("smooth")].map(holds),
    ...[pixelsComplementary, regionsComplementary].map(holds),
    doesNotHold(complementary, "the classes have weights of their own"),
    doesNotHold(convex, "Tversky indices are ratios of sigmoids"),
    holds(
      equals<UnifiedFocalOptions>({
        name: "neutralIsBce",
        says: "With weight 0, delta 0.5 and gamma 0 it is half of bce.",
        set: { weight: 0, delta: 0.5, gamma: 0 },
        other: () => ({ loss: bce(), times: 1 / 2 }),
      }),
    ),
    holds(
      equals<UnifiedFocalOptions>({
        name: "pixelsAreFocal",
        says: "With weight 0 and symmetric it is focal, alpha being delta.",
        set: { weight: 0, symmetry: "symmetric" },
        other: ({ delta, gamma }) => ({ loss: focal({ alpha: delta, gamma }) }),
      }),
    ),
    ...areaClaims(build),
  ],
  sources: ["losses/unifiedFocal.ts"],
  build,
})
