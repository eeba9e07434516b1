import { type AdaptiveFocalOptions, adaptiveFocal, seedCode, seedText } from "../../losses/adaptiveFocal.ts"
import { type AgBceOptions, agBce } from "../../losses/agBce.ts"
import { bce } from "../../losses/bce.ts"
import { type Loss, type Needs, nothing, secondAnnotator } from "../../losses/loss.ts"
import { type PyTorchFocalOptions, pyTorchFocal } from "../../losses/pyTorchFocal.ts"
import type { EnumDescription, IntegerDescription } from "../language/description.ts"
import { type Catalog, entry } from "./entry.ts"
import { type ModuleLossOptions, moduleLoss } from "./moduleLoss.ts"

/** A loss of one scale and what it needs beside the expert's mask. */
export interface SingleScale {
  readonly loss: Loss
  readonly needs: Needs
}

/** A researcher's own loss is a promise: its file must be loaded. */
type Building = SingleScale | Promise<SingleScale>

const kernel: IntegerDescription = {
  tag: "integer",
  doc: "Side of the square that grows the region where annotators disagree, in pixels; 1 does not grow it.",
  minimum: 1,
  maximum: 64,
  default: 4,
}

const form: EnumDescription = {
  tag: "enum",
  doc: "reference: as published, with its clips and epsilons; logits: without them, stable for any logit.",
  values: ["reference", "logits"],
  default: "reference",
}

const input: EnumDescription = {
  tag: "enum",
  doc: "What the loss takes for its logits; probabilities-as-logits applies a second sigmoid.",
  values: ["logits", "probabilities-as-logits"],
  default: "logits",
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

/** The losses of one scale, by their YAML names. */
export const singleScaleLosses: Catalog<Building> = {
  bce: entry<object, Building>({
    doc: "Binary cross-entropy.",
    fields: {},
    sources: ["losses/bce.ts"],
    build: () => ({ loss: bce(), needs: nothing }),
  }),
  pyTorchFocal: entry<PyTorchFocalOptions, Building>({
    doc: "Focal loss with one factor for both classes, alpha (1 - p)^gamma (-log p), p of the true class.",
    fields: {
      alpha: {
        tag: "number",
        doc: "Factor of the whole loss; it does not balance the classes.",
        exclusiveMinimum: 0,
        maximum: 1,
        default: 0.25,
      },
      gamma: { tag: "number", doc: "Focusing exponent.", minimum: 0, maximum: 10, default: 2 },
      input,
    },
    presets: { "as-trained": { input: "probabilities-as-logits" } },
    sources: ["losses/pyTorchFocal.ts"],
    build: (options) => ({ loss: pyTorchFocal(options), needs: nothing }),
  }),
  agBce: entry<AgBceOptions, Building>({
    doc: "Annotation-guided cross-entropy: pixels on which annotators disagree weigh more.",
    fields: {
      kernel,
      hardWeight: {
        tag: "number",
        doc: "Weight of a hard pixel over an easy one.",
        minimum: 0,
        maximum: 1000,
        default: 4,
      },
      form,
    },
    sources: ["losses/agBce.ts"],
    build: (options) => ({ loss: agBce(options), needs: secondAnnotator }),
  }),
  adaptiveFocal: entry<AdaptiveFocalOptions, Building>({
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
    sources: ["losses/adaptiveFocal.ts"],
    build: (options) => ({ loss: adaptiveFocal(options), needs: secondAnnotator }),
  }),
  module: entry<ModuleLossOptions, Building>({
    doc: "A loss of your own: a file whose default export is (options) => (logits, truth, at) => scalar.",
    fields: {
      path: { tag: "text", doc: "The file.", path: "file" },
      options: {
        tag: "map",
        doc: "What the file's default export gets.",
        value: {
          tag: "anyOf",
          doc: "Any value.",
          options: [
            { tag: "number", doc: "A number." },
            { tag: "boolean", doc: "A switch." },
            { tag: "text", doc: "A text." },
            { tag: "list", doc: "Numbers.", item: { tag: "number", doc: "A number." } },
          ],
        },
        default: {},
      },
    },
    sources: [],
    build: moduleLoss,
  }),
}
