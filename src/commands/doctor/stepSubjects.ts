import { exampleOf } from "../../config/catalog/lossExamples.ts"
import { lossCatalog } from "../../config/catalog/losses.ts"
import { modelCatalog } from "../../config/catalog/models.ts"
import { optimizerCatalog } from "../../config/catalog/optimizers.ts"
import type { PartSpec } from "../../config/catalog/part.ts"
import { variantsOf } from "../../config/catalog/variants.ts"

/** A training step of the self-test: a part of the catalogue, beside parts that are simple. */
export interface StepSubject {
  readonly part: "model" | "loss" | "optimizer"
  /** "adaptiveFocal, preset seed-text" */
  readonly name: string
  readonly model: PartSpec
  readonly loss: PartSpec
  readonly optimizer: PartSpec
}

const smallest = { kind: "unet", depth: 3, baseWidth: 2 } as const

const models = [smallest, { ...smallest, dropout: 0.5 }, { ...smallest, depth: 4 }]

const optimizers = [
  { kind: "sgd" },
  { kind: "sgd", momentum: 0, weightDecay: 0.1 },
  { kind: "adam" },
  { kind: "chain", links: [{ kind: "clipByGlobalNorm", norm: 0.1 }, { kind: "sgd" }] },
  { kind: "chain", links: [{ kind: "clipByGlobalNorm", norm: 0.1 }, { kind: "adam" }] },
]

type Written = { readonly kind: string; readonly [option: string]: unknown }

/** "unet, dropout 0.5"; what the parts are by themselves is not said. */
const named = ({ kind, links, ...options }: Written, usual: Written): string => {
  const kinds =
    links === undefined ? [] : [(links as readonly Written[]).map((link) => link.kind).join(" + ")]
  const unusual = Object.entries(options).filter(([option, value]) => usual[option] !== value)
  return [kind, ...kinds, ...unusual.map(([option, value]) => `${option} ${value}`)].join(", ")
}

/** A training step of every model, loss and optimizer of the catalogue, each with what can be chosen of it by a word.
 *  A user's module of a loss is not among them. */
export const stepSubjects = (): readonly StepSubject[] => {
  const of = (catalog: Parameters<typeof variantsOf>[0], given: Written, name = given.kind) =>
    variantsOf(catalog, given).map((variant) => ({
      ...variant,
      name: `${name}${variant.name.slice(given.kind.length)}`,
    }))
  const [model] = of(modelCatalog, smallest)
  const [loss] = of(lossCatalog, { kind: "bce" })
  const [optimizer] = of(optimizerCatalog, { kind: "sgd" })
  const plain = { model: model!.spec, loss: loss!.spec, optimizer: optimizer!.spec }
  const losses = Object.keys(lossCatalog).filter((kind) => kind !== "module")
  return [
    ...models
      .flatMap((given) => of(modelCatalog, given, named(given, smallest)))
      .map(({ name, spec }): StepSubject => ({ ...plain, part: "model", name, model: spec })),
    ...losses
      .flatMap((kind) => of(lossCatalog, exampleOf(kind)))
      .map(({ name, spec }): StepSubject => ({ ...plain, part: "loss", name, loss: spec })),
    ...optimizers
      .flatMap((given) => of(optimizerCatalog, given, named(given, { kind: given.kind })))
      .map(({ name, spec }): StepSubject => ({ ...plain, part: "optimizer", name, optimizer: spec })),
  ]
}
