import { additive, imageOrder, meanReduction } from "../../../laws/batch.ts"
import { nonNegative, perfectIsFree } from "../../../laws/bounds.ts"
import { type Claim, doesNotHoldWhen, holds, holdsWhen } from "../../../laws/claim.ts"
import { equals } from "../../../laws/limits.ts"
import { plainAdaptiveFocal } from "../../../laws/plain/plainAdaptiveFocal.ts"
import { fallsWithMargin } from "../../../laws/shape.ts"
import { complementary, mirrored, pixelOrder, translated } from "../../../laws/symmetry.ts"
import {
  type AdaptiveFocalOptions,
  adaptiveFocal,
  seedCode,
  seedText,
} from "../../../losses/adaptiveFocal.ts"
import { secondAnnotator } from "../../../losses/loss.ts"
import { pyTorchFocal } from "../../../losses/pyTorchFocal.ts"
import { fixed } from "../../../losses/scaleLoss.ts"
import { form, kernel } from "./annotators.ts"
import { lossEntry } from "./lossEntry.ts"
import { input } from "./lossInput.ts"

const adaptiveOr = (what: string, minimum: number, maximum: number) =>
  ({
    tag: "anyOf",
    doc: `${what}: adaptive (gamma), or a number in its place.`,
    options: [
      { tag: "enum", doc: "Gamma.", values: ["adaptive"] },
      { tag: "number", doc: "In gamma's place.", minimum, maximum },
    ],
    default: "adaptive",
  }) as const

type When = (options: AdaptiveFocalOptions) => boolean

const fixedGamma: When = (o) => o.exponent !== "adaptive" && o.regionWeight !== "adaptive"
const onLogits: When = (o) => o.input === "logits"

const claims: readonly Claim[] = [
  holds(nonNegative),
  holdsWhen(perfectIsFree, "on logits", onLogits),
  holdsWhen(fallsWithMargin, "with exponent and regionWeight given", fixedGamma),
  holdsWhen<AdaptiveFocalOptions>(
    complementary,
    "on logits, where neither difficulty nor variability is an area",
    (o) => onLogits(o) && o.difficulty !== "area" && o.variability !== "area",
  ),
  doesNotHoldWhen<AdaptiveFocalOptions>(
    complementary,
    "areas turn gamma into 2 - gamma",
    "with both areas, of the batch, as published",
    (o) => o.difficulty === "area" && o.variability === "area" && !fixedGamma(o),
  ),
  holdsWhen<AdaptiveFocalOptions>(pixelOrder, "with kernel 1", (o) => o.kernel === 1),
  holdsWhen<AdaptiveFocalOptions>(mirrored, "with an odd kernel", (o) => o.kernel % 2 === 1),
  holdsWhen<AdaptiveFocalOptions>(translated, "with a kernel up to 4", (o) => o.kernel <= 4),
  ...[imageOrder, meanReduction].map(holds),
  holdsWhen<AdaptiveFocalOptions>(additive, "with a gamma for each image", (o) => o.over === "image"),
  doesNotHoldWhen<AdaptiveFocalOptions>(
    additive,
    "all images share one gamma",
    "with one gamma for the batch",
    (o) => o.over === "batch" && !fixedGamma(o),
  ),
  holds(
    equals<AdaptiveFocalOptions>({
      name: "gammaOneIsFocal",
      says: "With gamma 1 it is half of the focal loss of exponent 1, wherever annotators disagree (on logits, in the form logits).",
      set: { exponent: 1, regionWeight: 1, form: "logits", input: "logits" },
      other: () => ({ loss: fixed(pyTorchFocal({ alpha: 0.5, gamma: 1, input: "logits" })) }),
    }),
  ),
]

export const adaptiveFocalEntry = lossEntry<AdaptiveFocalOptions>({
  doc: "Focal loss whose exponent and region weights follow gamma = difficulty + variability.",
  fields: {
    difficulty: {
      tag: "enum",
      doc: "How hard the prediction is: 1 - mean p; 1 - mean |2p - 1|; mean entropy in bits; mean cross-entropy.",
      values: ["area", "confidence", "entropy", "mean-loss"],
      default: seedCode.difficulty,
    },
    variability: {
      tag: "enum",
      doc: "How much the annotation varies: foreground of the second mask; share of differing pixels; mean standard deviation.",
      values: ["area", "disagreement", "std"],
      default: seedCode.variability,
    },
    over: {
      tag: "enum",
      doc: "Gamma of the whole batch, or of each image.",
      values: ["batch", "image"],
      default: seedCode.over,
    },
    gammaGradient: {
      tag: "enum",
      doc: "Whether gamma is a constant with respect to the gradient (detached) or not (attached).",
      values: ["detached", "attached"],
      default: seedCode.gammaGradient,
    },
    gammaFloor: {
      tag: "number",
      doc: "Gamma is at least this, so that 1 / gamma stays finite.",
      minimum: 0.0001,
      maximum: 1,
      default: seedCode.gammaFloor,
    },
    gammaCeiling: {
      tag: "number",
      doc: "Gamma is at most this.",
      minimum: 1,
      maximum: 100,
      default: seedCode.gammaCeiling,
    },
    exponent: adaptiveOr("Focusing exponent", 0, 10),
    regionWeight: adaptiveOr("Factor of hard pixels and divisor of easy ones", 0.001, 1000),
    kernel,
    form,
    input,
  },
  presets: { "seed-code": seedCode, "seed-text": seedText },
  words: {
    formula: [
      "mean of 0.5 (1 - p_t)^e (-log p_t) (easy / w + w hard)",
      "e = w = gamma = difficulty + variability, clipped to [gammaFloor, gammaCeiling], unless exponent or regionWeight is a number",
      "hard = the annotators' disagreement grown by a square of kernel pixels, easy = 1 - hard",
    ],
    source:
      "Thakur 2024. seed-code is exactly his code where gamma is at least the floor; seed-text is what his text says. The code divides by gamma unguarded and cannot fix exponent and weight apart.",
    useWhen:
      "To study the paper's loss, or which part of it does anything: each of its parts can be fixed or exchanged.",
    problems: [
      "In the code's reading gamma is 1 - predicted area + annotated area: it tends to 1 as the network fits, and the loss to half a focal loss of exponent 1.",
      "A hard pixel weighs gamma squared times an easy one: less than it while gamma is below 1, as it is at the start.",
      "over: batch makes the loss of an image depend on the other images of its batch.",
      "form reference: no gradient where |z| is above 13.8.",
    ],
  },
  softMask: false,
  plain: (of, options) => plainAdaptiveFocal(of, options),
  claims,
  sources: ["losses/adaptiveFocal.ts"],
  build: (options) => fixed(adaptiveFocal(options), secondAnnotator),
})
