import { test as property } from "@fast-check/vitest"
import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { augmentationCatalog, buildAugmentation } from "../../../src/config/catalog/augmentations.ts"
import type { Catalog } from "../../../src/config/catalog/entry.ts"
import { buildModel, modelCatalog } from "../../../src/config/catalog/models.ts"
import { buildOptimizer, optimizerCatalog } from "../../../src/config/catalog/optimizers.ts"
import type { PartSpec } from "../../../src/config/catalog/part.ts"
import { buildSchedule, scheduleCatalog } from "../../../src/config/catalog/schedules.ts"
import { sumOf } from "../../../src/config/catalog/sumOf.ts"
import { arbitraryOf } from "../../../src/config/language/arbitrary.ts"

import { codecOf } from "../../../src/config/language/codec.ts"
import { decode } from "../../../src/config/language/decode.ts"
import { leaves } from "../../../src/tensor/tree.ts"
import { anySample, drawsOf } from "../../augmentations/samples.ts"
import { useJavascriptEngine } from "../../support/engine.ts"
import { locatedYaml } from "../locatedYaml.ts"

beforeAll(useJavascriptEngine)

const canonical = (catalog: Catalog<unknown>, yaml: unknown): PartSpec => {
  const decoded = codecOf(sumOf("part", "A part.", catalog)).decode(yaml)
  if (decoded._tag === "Left") throw new Error(`invalid: ${JSON.stringify(yaml)}`)
  return decoded.right as PartSpec
}

/** Problems of a YAML text that should name one thing of the catalogue. */
const problemsIn = (what: string, catalog: Catalog<unknown>, text: string) => {
  const decoded = decode(sumOf(what, "A part.", catalog), locatedYaml(text), new Map([["a.yaml", text]]))
  return decoded._tag === "Left" ? decoded.left : []
}

const anySpec = (catalog: Catalog<unknown>) => arbitraryOf(sumOf("part", "A part.", catalog))

describe("the models of the catalogue", () => {
  it("fill in the U-Net's defaults", () => {
    const spec = canonical(modelCatalog, { kind: "unet" })
    expect(spec).toEqual({ kind: "unet", depth: 4, baseWidth: 16, batchNorm: true, dropout: 0 })
    const model = buildModel(spec)
    expect(model.value.divisor).toBe(16)
    expect(model.sources).toEqual(["models/unet.ts"])
  })

  it("refuse a U-Net without the scale of its last head", () => {
    const [problem] = problemsIn("model", modelCatalog, "kind: unet\ndepth: 2\n")
    expect(problem).toMatchObject({ line: 2, path: "depth", found: "2" })
  })

  it("refuse a U-Net that drops everything", () => {
    const [problem] = problemsIn("model", modelCatalog, "kind: unet\ndropout: 1\n")
    expect(problem).toMatchObject({ line: 2, path: "dropout", found: "1" })
  })
})

describe("the optimizers of the catalogue", () => {
  it("fill in the defaults", () => {
    expect(canonical(optimizerCatalog, { kind: "sgd" })).toEqual({
      kind: "sgd",
      momentum: 0.9,
      weightDecay: 0,
    })
    expect(canonical(optimizerCatalog, { kind: "adam" })).toEqual({
      kind: "adam",
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
    })
  })

  it("clip by a chain, keyed by the files of its links", () => {
    const spec = canonical(optimizerCatalog, {
      kind: "chain",
      links: [{ kind: "clipByGlobalNorm", norm: 1 }, { kind: "sgd" }],
    })
    const { value, sources } = buildOptimizer(spec)
    expect(sources).toEqual(["optimizers/chain.ts", "optimizers/clipByGlobalNorm.ts", "optimizers/sgd.ts"])
    tf.tidy(() => {
      const params = { w: tf.tensor1d([3, 4]) }
      const at = { learningRate: tf.scalar(1), step: tf.scalar(1) }
      const { updates } = value.update(params, value.init(params), params, at)
      const [a, b] = leaves(updates)[0]![1].dataSync()
      expect(a).toBeCloseTo(-0.6, 5)
      expect(b).toBeCloseTo(-0.8, 5)
    })
  })

  it("refuse a chain that makes no step at its end, or one before it", () => {
    const clipLast = "kind: chain\nlinks:\n  - kind: sgd\n  - kind: clipByGlobalNorm\n    norm: 1\n"
    expect(problemsIn("optimizer", optimizerCatalog, clipLast)).toMatchObject([
      { path: "links.0", message: expect.stringContaining("sgd makes the step, and a link follows it") },
    ])
    const noStep = "kind: chain\nlinks:\n  - kind: clipByGlobalNorm\n    norm: 1\n"
    expect(problemsIn("optimizer", optimizerCatalog, noStep)).toMatchObject([{ fix: "end with sgd or adam" }])
  })

  it("refuse a link that makes no step as an optimizer", () => {
    const [problem] = problemsIn("optimizer", optimizerCatalog, "kind: clipByGlobalNorm\nnorm: 1\n")
    expect(problem!.expected).toContain("sgd")
  })

  property.prop([anySpec(optimizerCatalog)], { numRuns: 30 })(
    "make finite steps, whatever their options",
    (spec) => {
      const { value } = buildOptimizer(spec as PartSpec)
      tf.tidy(() => {
        const params = { w: tf.tensor1d([1, -2]) }
        const at = { learningRate: tf.scalar(0.1), step: tf.scalar(1) }
        const { updates } = value.update({ w: tf.tensor1d([0, 3]) }, value.init(params), params, at)
        for (const update of leaves(updates)[0]![1].dataSync()) expect(Number.isFinite(update)).toBe(true)
      })
    },
  )
})

describe("the schedules of the catalogue", () => {
  it("need a learning rate", () => {
    expect(problemsIn("schedule", scheduleCatalog, "kind: polynomial\n")).toMatchObject([
      { path: "learningRate" },
    ])
    const spec = canonical(scheduleCatalog, { kind: "polynomial", learningRate: 0.01 })
    expect(spec).toEqual({ kind: "polynomial", learningRate: 0.01, power: 0.9 })
    expect(buildSchedule(spec).value(0, 10)).toBe(0.01)
  })

  property.prop([anySpec(scheduleCatalog)])("never go up, and stay positive", (spec) => {
    const schedule = buildSchedule(spec as PartSpec).value
    const rates = Array.from({ length: 10 }, (_, step) => schedule(step, 10))
    expect(rates.every((rate, i) => rate > 0 && rate <= rates[Math.max(0, i - 1)]!)).toBe(true)
  })
})

describe("the augmentations of the catalogue", () => {
  it("fill in the defaults", () => {
    expect(canonical(augmentationCatalog, { kind: "flip", axis: "columns" })).toEqual({
      kind: "flip",
      axis: "columns",
      probability: 0.5,
    })
  })

  it("refuse an empty range of exponents", () => {
    const text = "kind: gamma\nminimum: 2\nmaximum: 1\n"
    expect(problemsIn("augmentation", augmentationCatalog, text)).toMatchObject([
      { path: "maximum", line: 3 },
    ])
  })

  property.prop([anySpec(augmentationCatalog), anySample()])(
    "keep sizes, and masks binary",
    (spec, sample) => {
      const result = buildAugmentation(spec as PartSpec).value(drawsOf(1), sample)
      expect(result.image.length).toBe(sample.image.length)
      expect(result.image.every(Number.isFinite)).toBe(true)
      expect([...result.mask, ...result.second!].every((bit) => bit === 0 || bit === 1)).toBe(true)
    },
  )
})
