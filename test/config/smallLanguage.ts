import { type Catalog, entry } from "../../src/config/catalog/entry.ts"
import { intensityCatalog } from "../../src/config/catalog/intensities.ts"
import { resizeCatalog } from "../../src/config/catalog/resizes.ts"
import { experimentDescription } from "../../src/config/experiment/experimentDescription.ts"
import type { RecordDescription } from "../../src/config/language/description.ts"
import type { Model } from "../../src/models/model.ts"

const named = (doc: string, fields: RecordDescription["fields"] = {}) =>
  entry<object, unknown>({ doc, fields, sources: [], build: (options) => options })

const depth = { tag: "integer", doc: "Halvings.", minimum: 0, maximum: 7, default: 4 } as const

const models: Catalog<Model> = {
  unet: entry<{ readonly depth: number }, Model>({
    doc: "A network.",
    fields: { depth },
    sources: [],
    build: (options) => ({
      divisor: 2 ** options.depth,
      shapes: {},
      init: () => ({ params: {}, state: {} }),
      apply: () => ({ outputs: [], state: {} }),
    }),
  }),
}

/** The experiment language over catalogues that fit on a page, so that messages in tests stay as they are when
 *  losslab learns new words. */
export const smallLanguage = experimentDescription({
  sources: {
    phantom: named("Made-up patients."),
    folder: named("Files.", { path: { tag: "text", doc: "Where.", path: "folder" } }),
  },
  resizes: resizeCatalog,
  intensities: intensityCatalog,
  augmentations: {
    flip: named("Mirrors.", {
      probability: { tag: "number", doc: "How often.", minimum: 0, maximum: 1, default: 0.5 },
    }),
  },
  models,
  losses: {
    bce: named("Cross-entropy."),
    focal: named("Focal.", {
      gamma: { tag: "number", doc: "Exponent.", minimum: 0, maximum: 5, default: 2 },
    }),
    module: named("Somebody's own.", { path: { tag: "text", doc: "Where.", path: "file" } }),
  },
  optimizers: { sgd: named("Descent.") },
  schedules: { constant: named("The same rate.") },
})

export const smallExperiment = `name: small
load:
  source: { kind: phantom }
  size: [64, 32]
train:
  model: { kind: unet }
  loss: { kind: focal, gamma: 1 }
  optimizer: { kind: sgd }
  schedule: { kind: constant }
  epochs: 10
  batchSize: 8
`
