import { additive, imageOrder, meanReduction } from "../../../laws/batch.ts"
import { nonNegative, perfectIsFree } from "../../../laws/bounds.ts"
import { type Claim, doesNotHoldWhen, holds, holdsWhen } from "../../../laws/claim.ts"
import { gradient64 } from "../../../laws/gradient64.ts"
import { equals } from "../../../laws/limits.ts"
import { plainAdaptiveFocal } from "../../../laws/plain/plainAdaptiveFocal.ts"
import { plainLearnedAdaptiveFocal } from "../../../laws/plain/plainLearnedAdaptiveFocal.ts"
import { fallsWithMargin } from "../../../laws/shape.ts"
import { complementary, mirrored, pixelOrder, translated } from "../../../laws/symmetry.ts"
import { adaptiveFocal, seedCode, seedText } from "../../../losses/adaptiveFocal.ts"
import {
  type LearnedAdaptiveFocalOptions,
  learnedAdaptiveFocal,
} from "../../../losses/learnedAdaptiveFocal.ts"
import { pyTorchFocal } from "../../../losses/pyTorchFocal.ts"
import type { RecordFault } from "../../language/description.ts"
import { form, kernel } from "./annotators.ts"
import { lossEntry } from "./lossEntry.ts"
import { input } from "./lossInput.ts"

interface Options extends LearnedAdaptiveFocalOptions {
  readonly gamma: "computed" | "learned"
}

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

type When = (options: Options) => boolean

const fixedGamma: When = (o) => o.exponent !== "adaptive" && o.regionWeight !== "adaptive"
/** Whether the loss depends on difficulty and variability; a learned gamma does not before training. */
const follows: When = (o) => o.gamma === "computed" && !fixedGamma(o)
const onLogits: When = (o) => o.input === "logits"

const claims: readonly Claim[] = [
  holdsWhen<Options>(
    gradient64,
    "where gamma is attached, or decides nothing",
    (o) => o.gammaGradient === "attached" || !follows(o),
  ),
  doesNotHoldWhen<Options>(
    gradient64,
    "gamma counts as a constant",
    "with a detached gamma, computed from areas",
    (o) => o.gammaGradient === "detached" && follows(o) && o.difficulty === "area",
  ),
  holds(nonNegative),
  holdsWhen(perfectIsFree, "on logits", onLogits),
  holdsWhen(fallsWithMargin, "with exponent and regionWeight given", fixedGamma),
  holdsWhen<Options>(
    complementary,
    "on logits, where neither difficulty nor variability is an area",
    (o) => onLogits(o) && o.difficulty !== "area" && o.variability !== "area",
  ),
  doesNotHoldWhen<Options>(
    complementary,
    "areas turn gamma into 2 - gamma",
    "with both areas and gamma computed, as published",
    (o) => o.difficulty === "area" && o.variability === "area" && follows(o),
  ),
  holdsWhen<Options>(pixelOrder, "with kernel 1", (o) => o.kernel === 1),
  holdsWhen<Options>(mirrored, "with an odd kernel", (o) => o.kernel % 2 === 1),
  holdsWhen<Options>(translated, "with a kernel up to 4", (o) => o.kernel <= 4),
  ...[imageOrder, meanReduction].map(holds),
  holdsWhen<Options>(additive, "with a gamma for each image", (o) => o.over === "image"),
  doesNotHoldWhen<Options>(
    additive,
    "all images share one gamma",
    "with one computed gamma for the batch",
    (o) => o.over === "batch" && follows(o),
  ),
  holds(
    equals<Options>({
      name: "gammaOneIsFocal",
      says: "With gamma 1 it is half of the focal loss of exponent 1, wherever annotators disagree (on logits, in the form logits).",
      set: { exponent: 1, regionWeight: 1, form: "logits", input: "logits" },
      other: () => ({ loss: pyTorchFocal({ alpha: 0.5, gamma: 1, input: "logits" }) }),
    }),
  ),
]

/** What a learned gamma needs: something to decide, and room around 1, where it starts. */
const faultOf = (o: Options): RecordFault | null => {
  if (o.gamma === "computed") return null
  if (fixedGamma(o))
    return {
      path: "gamma",
      message: "gamma is learned, but exponent and regionWeight are numbers, so that it decides nothing",
      fix: "leave exponent or regionWeight at adaptive, or gamma at computed",
    }
  if (o.gammaFloor < 1 && o.gammaCeiling > 1) return null
  return {
    path: o.gammaFloor < 1 ? "gammaCeiling" : "gammaFloor",
    message: "a learned gamma starts at 1, between gammaFloor and gammaCeiling",
    expected: "gammaFloor below 1 and gammaCeiling above 1",
    fix: "give a gammaFloor below 1 and a gammaCeiling above 1, or leave gamma at computed",
  }
}

export const adaptiveFocalEntry = lossEntry<Options>({
  doc: "Focal loss whose exponent and region weights follow gamma = difficulty + variability.",
  check: faultOf,
  fields: {
    gamma: {
      tag: "enum",
      doc: "computed: difficulty + variability; learned: floor + (ceiling - floor) sigmoid(a + b difficulty + c variability) with a, b, c trained, which is 1 at first.",
      values: ["computed", "learned"],
      default: "computed",
    },
    gammaPenalty: {
      tag: "number",
      doc: "Factor of the mean of (log gamma)^2, which holds a learned gamma near 1; nothing to a computed one.",
      minimum: 0,
      maximum: 100,
      default: 0.1,
    },
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
      "gamma learned: gamma = gammaFloor + (gammaCeiling - gammaFloor) sigmoid(a + b difficulty + c variability), and the mean of gammaPenalty (log gamma)^2 is added",
    ],
    source:
      "Thakur 2024. seed-code is exactly his code where gamma is at least the floor; seed-text is what his text says. The code divides by gamma unguarded and cannot fix exponent and weight apart. A learned gamma is his future work; the formula is ours.",
    useWhen:
      "To study the paper's loss, or which part of it does anything: each of its parts can be fixed or exchanged.",
    problems: [
      "In the code's reading gamma is 1 - predicted area + annotated area: it tends to 1 as the network fits, and the loss to half a focal loss of exponent 1.",
      "A hard pixel weighs gamma squared times an easy one: less than it while gamma is below 1, as it is at the start.",
      "over: batch makes the loss of an image depend on the other images of its batch.",
      "form reference: no gradient where |z| is above 13.8.",
      "gamma learned: the loss falls as gamma rises, whatever that does to the network; without gammaPenalty training drives it to its ceiling.",
    ],
  },
  softMask: false,
  plain: (of, options) =>
    options.gamma === "learned" ? plainLearnedAdaptiveFocal(of, options) : plainAdaptiveFocal(of, options),
  claims,
  sources: ["losses/adaptiveFocal.ts", "losses/learnedAdaptiveFocal.ts"],
  build: (options) => (options.gamma === "learned" ? learnedAdaptiveFocal(options) : adaptiveFocal(options)),
})
