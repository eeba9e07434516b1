import { resolve } from "node:path"
import { failure } from "../../failure/failure.ts"
import { deepSupervised } from "../../losses/deepSupervised.ts"
import type { Loss } from "../../losses/loss.ts"
import { fullResolution, type Objective } from "../../losses/objective.ts"
import type { SumDescription } from "../language/description.ts"
import { type Catalog, entry } from "./entry.ts"
import { mapTerms, termsOf } from "./nestedLosses.ts"
import type { Part, PartSpec } from "./part.ts"
import { nested, singleScaleLosses } from "./singleScaleLosses.ts"
import { sumOf } from "./sumOf.ts"

interface DeepSupervisedOptions {
  readonly loss: PartSpec
  readonly weights: readonly number[]
  readonly kernels: readonly number[]
}

/** The loss with another dilation kernel, and so all losses that it is made of, if they have one. */
const withKernel = (spec: PartSpec, kernel: number | undefined): PartSpec => {
  if (kernel === undefined) return spec
  return "kernel" in spec ? { ...spec, kernel } : mapTerms(spec, (term) => withKernel(term, kernel))
}

const buildDeepSupervised = async ({ loss, weights, kernels }: DeepSupervisedOptions): Promise<Objective> => {
  const scales = await Promise.all(weights.map((_, scale) => buildLoss(withKernel(loss, kernels[scale]))))
  return deepSupervised({ losses: scales, weights })
}

const deepSupervision = entry<DeepSupervisedOptions, Promise<Objective>>({
  doc: "A weighted sum of one loss over all outputs of the model, full resolution first.",
  fields: {
    loss: nested.description("The loss of each output."),
    weights: {
      tag: "list",
      doc: "Weight of each output, full resolution first; as many as the model has outputs.",
      item: { tag: "number", doc: "A weight.", minimum: 0, maximum: 1000 },
      minItems: 1,
      maxItems: 8,
      default: [1, 1, 1, 1],
    },
    kernels: {
      tag: "list",
      doc: "Dilation kernel of each output, in place of the own one of the loss, or of those that it is made of, if any; [] leaves their own.",
      item: { tag: "integer", doc: "A kernel in pixels of its output.", minimum: 1, maximum: 64 },
      maxItems: 8,
      default: [4, 3, 2, 1],
    },
  },
  check: ({ weights, kernels }: DeepSupervisedOptions) => {
    if (weights.every((weight) => weight === 0))
      return {
        path: "weights",
        message: "every weight is 0, so nothing would be trained",
        fix: "give at least one output a weight above 0",
      }
    if (kernels.length === 0 || kernels.length === weights.length) return null
    return {
      path: "kernels",
      message: `there are not as many kernels as weights: ${kernels.length} for ${weights.length}`,
      fix: "give one kernel for each weight, or `kernels: []` to keep the loss's own",
    }
  },
  sources: ["losses/deepSupervised.ts"],
  build: buildDeepSupervised,
})

/** Everything that train.loss can name. */
export const lossCatalog: Catalog<unknown> = { ...singleScaleLosses, deepSupervised: deepSupervision }

export const lossDescription: SumDescription = sumOf("loss", "What training minimises.", lossCatalog)

/** A loss of one scale, from its canonical spec.
 *  Rejects with Failure("config") for a kind that is none, and for a module that cannot be used.
 */
export const buildLoss = async (spec: PartSpec): Promise<Loss> => {
  const { kind, ...options } = spec
  const found = singleScaleLosses[kind]
  if (found === undefined) {
    throw failure("config", {
      message: `${kind} is not a loss of one scale`,
      path: "loss.kind",
      expected: `one of ${Object.keys(singleScaleLosses).join(", ")}`,
    })
  }
  return found.build(options)
}

/** Where what a loss does is written: files below src/, and a module by its absolute path. */
const sourcesOf = (spec: PartSpec): readonly string[] => {
  const { sources } = lossCatalog[spec.kind]!
  if (spec.kind === "module") return [resolve(String(spec.path))]
  return [...new Set([...sources, ...termsOf(spec).flatMap(sourcesOf)])]
}

/** What training minimises, from its canonical spec; a loss of one scale sees the full resolution alone.
 *  Rejects as buildLoss does.
 */
export const buildObjective = async (spec: PartSpec): Promise<Part<Objective>> => {
  const { kind, ...options } = spec
  if (kind === "deepSupervised") {
    return { spec, value: await deepSupervision.build(options), sources: sourcesOf(spec) }
  }
  return { spec, value: fullResolution(await buildLoss(spec)), sources: sourcesOf(spec) }
}

/** The losses of one scale that a spec is made of: itself, or one for each output of deep supervision. */
export const scaleSpecs = (spec: PartSpec): readonly PartSpec[] => {
  if (spec.kind !== "deepSupervised") return [spec]
  const { loss, weights, kernels } = spec as unknown as DeepSupervisedOptions
  return weights.map((_, scale) => withKernel(loss, kernels[scale]))
}
