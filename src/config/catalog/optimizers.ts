import { type AdamOptions, adam } from "../../optimizers/adam.ts"
import { chain } from "../../optimizers/chain.ts"
import { type ClipByGlobalNormOptions, clipByGlobalNorm } from "../../optimizers/clipByGlobalNorm.ts"
import { type SgdOptions, sgd } from "../../optimizers/sgd.ts"
import type { Transform } from "../../optimizers/transform.ts"
import type { NumberDescription } from "../language/description.ts"
import { buildPart } from "./buildPart.ts"
import { type Catalog, entry } from "./entry.ts"
import type { Part, PartSpec } from "./part.ts"
import { sumOf } from "./sumOf.ts"

const decay = (doc: string, value: number): NumberDescription => ({
  tag: "number",
  doc,
  minimum: 0,
  exclusiveMaximum: 1,
  default: value,
})

/** Links that make the step, and so stand last. */
const steps: Catalog<Transform> = {
  sgd: entry<SgdOptions, Transform>({
    doc: "Stochastic gradient descent with momentum, in PyTorch's convention.",
    fields: {
      momentum: decay("Share of the last velocity that is kept; 0 is plain descent.", 0.9),
      weightDecay: {
        tag: "number",
        doc: "L2 penalty on every parameter, batch norm and biases included.",
        minimum: 0,
        maximum: 1,
        default: 0,
      },
    },
    sources: ["optimizers/sgd.ts"],
    build: sgd,
  }),
  adam: entry<AdamOptions, Transform>({
    doc: "Adam.",
    fields: {
      beta1: decay("Decay of the mean of the gradient.", 0.9),
      beta2: decay("Decay of the mean of its square.", 0.999),
      epsilon: {
        tag: "number",
        doc: "Added to the root of the second moment.",
        exclusiveMinimum: 0,
        maximum: 1,
        default: 1e-8,
      },
    },
    sources: ["optimizers/adam.ts"],
    build: adam,
  }),
}

/** Everything that a chain can name. */
export const optimizerLinks: Catalog<Transform> = {
  clipByGlobalNorm: entry<ClipByGlobalNormOptions, Transform>({
    doc: "Scales the gradient down when the norm over all its leaves is larger.",
    fields: {
      norm: { tag: "number", doc: "Largest norm let through.", exclusiveMinimum: 0, maximum: 1e6 },
    },
    sources: ["optimizers/clipByGlobalNorm.ts"],
    build: clipByGlobalNorm,
  }),
  ...steps,
}

interface ChainSpec {
  readonly links: readonly PartSpec[]
}

/** Optimizers. What does not make a step is one only as a link of a chain: alone it would climb the loss. */
export const optimizerCatalog: Catalog<Transform> = {
  ...steps,
  chain: entry<ChainSpec, Transform>({
    doc: "Links one after the other: what changes the gradient first, what makes the step last.",
    fields: {
      links: {
        tag: "list",
        doc: "In the order in which the gradient goes through them.",
        item: sumOf("optimizer link", "One link.", optimizerLinks),
        minItems: 1,
        maxItems: 8,
      },
    },
    check: (options: ChainSpec) => {
      const last = options.links.length - 1
      const wrong = options.links.findIndex(({ kind }, i) => kind in steps !== (i === last))
      if (wrong === -1) return null
      const { kind } = options.links[wrong]!
      const names = Object.keys(steps).join(" or ")
      return wrong === last
        ? {
            path: `links.${wrong}`,
            message: `${kind} makes no step, and it is the last link`,
            fix: `end with ${names}`,
          }
        : {
            path: `links.${wrong}`,
            message: `${kind} makes the step, and a link follows it`,
            fix: "put it last",
          }
    },
    sources: ["optimizers/chain.ts"],
    build: (options) => chain(options.links.map((link) => buildPart(optimizerLinks, link).value)),
  }),
}

export const buildOptimizer = (spec: PartSpec): Part<Transform> => {
  const part = buildPart(optimizerCatalog, spec)
  if (spec.kind !== "chain") return part
  const sources = (spec.links as readonly PartSpec[]).flatMap((link) => optimizerLinks[link.kind]!.sources)
  return { ...part, sources: [...new Set([...part.sources, ...sources])] }
}
