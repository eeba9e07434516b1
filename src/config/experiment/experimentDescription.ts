import { splitFaults } from "../../data/dataset/splitFaults.ts"
import { defaultToleranceMm, hd95Conventions, metricNames } from "../../metrics/scores.ts"
import { precisions } from "../../tensor/precision.ts"
import { buildPart } from "../catalog/buildPart.ts"
import type { Catalogs } from "../catalog/entry.ts"
import { sumOf } from "../catalog/sumOf.ts"
import type {
  Description,
  IntegerDescription,
  RecordDescription,
  TextDescription,
} from "../language/description.ts"
import type { CellSpec } from "./cellSpec.ts"
import { split } from "./splitDescription.ts"
import { sweep } from "./sweepDescription.ts"

/** An experiment as it is decoded: what its cells share, the sweep aside. */
interface Decoded extends Omit<CellSpec, "report"> {
  readonly report: Omit<CellSpec["report"], "title"> & { readonly title: string | null }
}

/** The experiment language: everything that a file may say, without the values of a sweep's factors. */
export const experimentDescription = (catalogs: Catalogs): RecordDescription => ({
  tag: "record",
  doc: "An experiment: which data, how a network is trained on them, and what is compared.",
  fields: {
    name,
    extends: extended,
    seed: seed("Decides every random draw of the training. 1234 is MicroSegNet's.", 1234),
    load: load(catalogs),
    augment: {
      tag: "list",
      doc: "Random changes of every training sample, in order.",
      item: sumOf("augmentation", "One change.", catalogs.augmentations),
      default: [],
    },
    train: train(catalogs),
    evaluate,
    report,
    sweep,
  },
  check: (experiment: Decoded) =>
    bestNeedsValidation(experiment) ??
    splitFitsSource(experiment) ??
    sizeFitsModel(experiment, catalogs.models),
})

/** What `experimentDescription` decoded, as the spec of a cell. */
export const cellSpecOf = (decoded: unknown): CellSpec => {
  const { name, seed, load, augment, train, evaluate, report } = decoded as Decoded // the description says so
  return { name, seed, load, augment, train, evaluate, report: { ...report, title: report.title ?? name } }
}

const record = (
  doc: string,
  fields: RecordDescription["fields"],
  more: Pick<RecordDescription, "default" | "check"> = {},
): RecordDescription => ({ tag: "record", doc, fields, ...more })

const seed = (doc: string, value: number): IntegerDescription => ({
  tag: "integer",
  doc,
  minimum: 0,
  maximum: 2 ** 31 - 1,
  default: value,
})

const name: TextDescription = {
  tag: "text",
  doc: "Name of the experiment and of its run directory.",
  pattern: {
    regex: "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$",
    words: "at most 64 letters, digits, - and _, the first a letter or digit",
  },
}

const extended: Description = {
  tag: "anyOf",
  doc: "Files that this one is laid over, later ones over earlier ones; relative to this file.",
  options: [
    { tag: "text", doc: "A YAML file." },
    { tag: "list", doc: "YAML files.", item: { tag: "text", doc: "A YAML file." } },
  ],
  default: [],
}

const load = ({ sources, resizes, intensities }: Catalogs): Description =>
  record("Which data, and how they reach the network.", {
    source: sumOf("source", "Where the data come from.", sources),
    split,
    size: {
      tag: "list",
      doc: "Rows and columns of the network's input.",
      item: { tag: "integer", doc: "Pixels.", minimum: 8, maximum: 4096 },
      minItems: 2,
      maxItems: 2,
    },
    resize: {
      ...sumOf("way to resize", "How slices reach this size.", resizes),
      default: { kind: "size" },
    },
    intensity: {
      ...sumOf("intensity rule", "How voxels become the network's input.", intensities),
      default: { kind: "scale" },
    },
    preprocessing: {
      tag: "enum",
      doc: "clean: images are averaged by area, a mask's pixel is what most of its area is; training and test alike.",
      values: ["clean"],
      default: "clean",
    },
  })

const train = ({ models, losses, optimizers, schedules }: Catalogs): Description =>
  record("How the network is trained.", {
    model: sumOf("model", "The network.", models),
    loss: sumOf("loss", "What training minimises.", losses),
    optimizer: sumOf("optimizer", "How gradients become steps.", optimizers),
    schedule: sumOf("schedule", "The learning rate of every step.", schedules),
    epochs: { tag: "integer", doc: "Passes over the training samples.", minimum: 1, maximum: 100_000 },
    batchSize: { tag: "integer", doc: "Samples in a step.", minimum: 1, maximum: 4096 },
    keep: {
      tag: "enum",
      doc: "Which weights are evaluated: of the last epoch, or of the one with the best validation Dice.",
      values: ["last", "best"],
      default: "last",
    },
    precision: {
      tag: "enum",
      doc: "Of the network in a training step: its convolutions, and what lies between them. bfloat16 is faster on processors that have it, and refused on others; the loss, the weights and their update, batch norm's moments and the gradients of filters stay float32, and so does evaluation.",
      values: precisions,
      default: "float32",
    },
  })

const evaluate = record(
  "How predictions are scored.",
  {
    metrics: {
      tag: "list",
      doc: "What is measured, and what the report tests, tells, draws and ranks by, the first first: overlap (dice, iou, precision, recall), distance between the outlines in mm (hd, hd95, assd), and the share of the outlines that agree within the tolerance (nsd).",
      item: { tag: "enum", doc: "A metric.", values: metricNames },
      minItems: 1,
      default: ["dice", "iou", "precision", "recall", "hd95"],
    },
    hd95: {
      tag: "enum",
      doc: "95th percentile of the distances: pooled of both ways together (medpy), max-directed the larger of the two ways (MONAI), contour the same by length along the contours (google-deepmind/surface-distance).",
      values: hd95Conventions,
      default: "pooled",
    },
    toleranceMm: {
      tag: "number",
      doc: "Of nsd: outlines this far apart, in mm, still agree.",
      minimum: 0,
      default: defaultToleranceMm,
    },
    empty: {
      tag: "enum",
      doc: "What counts for a slice with an empty mask: skip nothing, worst the worst value, undefined what is defined.",
      values: ["skip", "worst", "undefined"],
      default: "skip",
    },
  },
  {
    default: {},
    check: ({ metrics }: CellSpec["evaluate"]) => {
      const twice = metrics.findIndex((metric, i) => metrics.indexOf(metric) < i)
      return twice < 0
        ? null
        : {
            path: `metrics.${twice}`,
            message: `${metrics[twice]} is named twice`,
            fix: "keep one of the two",
          }
    },
  },
)

const orNull = (description: TextDescription): Description => ({
  tag: "anyOf",
  doc: description.doc,
  options: [description],
  default: null,
})

const report = record(
  "What the report says.",
  {
    title: orNull({ tag: "text", doc: "Title; null is the experiment's name." }),
    baseline: orNull({
      tag: "text",
      doc: "Label of the cell that the others are compared with, without its block factors; null compares every pair.",
    }),
    remark: {
      tag: "list",
      doc: "What a reader must know to judge the numbers, as how a learning rate was chosen; shown in the report.",
      item: { tag: "text", doc: "A remark." },
      default: [],
    },
  },
  { default: {} },
)

type Fault = ReturnType<NonNullable<RecordDescription["check"]>>

const bestNeedsValidation = ({ load, train }: Decoded): Fault =>
  train.keep === "last" || load.split.validation !== 0 || load.split.file !== null
    ? null
    : {
        path: "train.keep",
        message: "`best` is judged by validation patients, and there are none",
        fix: "set load.split.validation to 1 or more, or keep the last epoch",
      }

/** Sources that say how many patients they have are checked before anything runs, the others when they are read. */
const splitFitsSource = ({ load: { source, split } }: Decoded): Fault =>
  typeof source.train === "number" && typeof source.test === "number"
    ? (splitFaults(split, {
        train: source.train,
        trainPool: source.train,
        testPool: source.test,
        shared: false,
      })[0] ?? null)
    : null

const sizeFitsModel = ({ load: { size }, train }: Decoded, models: Catalogs["models"]): Fault => {
  const { divisor } = buildPart(models, train.model).value
  if (size.every((pixels) => pixels % divisor === 0)) return null
  const near = size.map((pixels) => Math.max(1, Math.round(pixels / divisor)) * divisor)
  return {
    path: "load.size",
    message: `the model ${train.model.kind} needs rows and columns that are multiples of ${divisor}`,
    fix: `write [${near.join(", ")}]`,
  }
}
