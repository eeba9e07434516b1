import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import type { Sample } from "../../../src/augmentations/augmentation.ts"
import { augmentationCatalog, buildAugmentation } from "../../../src/config/catalog/augmentations.ts"
import { buildPart } from "../../../src/config/catalog/buildPart.ts"
import { entry } from "../../../src/config/catalog/entry.ts"
import { buildIntensity, intensityCatalog } from "../../../src/config/catalog/intensities.ts"
import { buildModel, modelCatalog } from "../../../src/config/catalog/models.ts"
import { buildOptimizer, optimizerCatalog, optimizerLinks } from "../../../src/config/catalog/optimizers.ts"
import { buildResize, resizeCatalog } from "../../../src/config/catalog/resizes.ts"
import { buildSchedule, scheduleCatalog } from "../../../src/config/catalog/schedules.ts"
import { leaves, type Params } from "../../../src/tensor/tree.ts"
import { drawsOf } from "../../augmentations/samples.ts"
import { expectClose } from "../../support/close.ts"
import { useJavascriptEngine } from "../../support/engine.ts"

beforeAll(useJavascriptEngine)

describe("buildPart", () => {
  it("hands an entry its options without the kind, and keeps spec and sources", () => {
    const catalog = {
      a: entry<object, object>({ doc: "", fields: {}, sources: ["a.ts"], build: (options) => options }),
      b: entry<object, object>({ doc: "", fields: {}, sources: ["b.ts"], build: () => ({ wrong: true }) }),
    }
    const spec = { kind: "a", x: 1, y: [2] }
    expect(buildPart(catalog, spec)).toEqual({ spec, value: { x: 1, y: [2] }, sources: ["a.ts"] })
  })

  it.each([
    ["augmentations", buildAugmentation, augmentationCatalog, { kind: "flip", axis: "rows", probability: 1 }],
    ["intensities", buildIntensity, intensityCatalog, { kind: "zscore" }],
    [
      "models",
      buildModel,
      modelCatalog,
      { kind: "unet", depth: 3, baseWidth: 1, batchNorm: true, dropout: 0 },
    ],
    ["optimizers", buildOptimizer, optimizerCatalog, { kind: "sgd", momentum: 0, weightDecay: 0 }],
    ["resizes", buildResize, resizeCatalog, { kind: "size" }],
    ["schedules", buildSchedule, scheduleCatalog, { kind: "constant", learningRate: 1 }],
  ])("is what builds %s", (_, build, catalog, spec) => {
    expect(build(spec)).toMatchObject({ spec, sources: catalog[spec.kind]!.sources })
  })
})

describe("intensity rules", () => {
  const built = (kind: string, options: object, ...voxels: number[]) =>
    Array.from(buildIntensity({ kind, ...options }).value(Float32Array.from(voxels)))

  it("use their own options", () => {
    expectClose(built("scale", { low: 10, high: 20 }, 0, 10, 14, 20, 25), [0, 0, 0.4, 1, 1], {
      absolute: 1e-6,
    })
    // From 40 - 400 / 2 to 40 + 400 / 2.
    expectClose(
      built("window", { level: 40, width: 400 }, -200, -160, 40, 140, 240, 300),
      [0, 0, 0.5, 0.75, 1, 1],
      {
        absolute: 1e-6,
      },
    )
    expectClose(built("zscore", {}, 1, 3), [-1, 1], { absolute: 1e-6 })
    // The median of five is the third.
    expectClose(built("percentile", { low: 0, high: 50 }, 0, 1, 2, 3, 4), [0, 0.5, 1, 1, 1], {
      absolute: 1e-6,
    })
    expectClose(built("percentile", { low: 50, high: 100 }, 0, 1, 2, 3, 4), [0, 0, 0, 0.5, 1], {
      absolute: 1e-6,
    })
  })
})

describe("ways to resize", () => {
  it("are what the dataset is made with", () => {
    expect(buildResize({ kind: "size" }).value).toEqual({ kind: "size" })
    expect(buildResize({ kind: "spacing", spacingMm: [0.5, 2] }).value).toEqual({
      kind: "spacing",
      spacingMm: [0.5, 2],
    })
  })
})

describe("augmentations", () => {
  const sample: Sample = {
    ...{ rows: 2, columns: 2, mask: Uint8Array.of(1, 0, 0, 0), second: Uint8Array.of(0, 1, 0, 0) },
    image: Float32Array.of(0.1, 0.2, 0.4, 0.5),
  }
  const built = (kind: string, options: object, seed = 1) =>
    buildAugmentation({ kind, probability: 1, ...options }).value(drawsOf(seed), sample)
  const image = (...of: Parameters<typeof built>) => Array.from(built(...of).image)

  it("use their own options", () => {
    expect([...built("flip", { axis: "columns" }).mask]).toEqual([0, 1, 0, 0])
    expect([...built("flip", { axis: "rows" }).mask]).toEqual([0, 0, 1, 0])
    expectClose(image("rotation", { maxDegrees: 0 }), [...sample.image], { absolute: 1e-6 })
    expect(image("rotation", { maxDegrees: 180 })).not.toEqual([...sample.image])
    const shift = image("intensity", { gain: 0, offset: 0.5 }).map((value, i) => value - sample.image[i]!)
    expectClose(shift, Array(4).fill(shift[0]!), { absolute: 1e-6 })
    expect(Math.abs(shift[0]!)).toBeGreaterThan(0.001)
    const factor = image("intensity", { gain: 0.5, offset: 0 }).map((value, i) => value / sample.image[i]!)
    expectClose(factor, Array(4).fill(factor[0]!), { absolute: 1e-6 })
    expect(Math.abs(factor[0]! - 1)).toBeGreaterThan(0.001)
    // Between 0.1 and 0.5: 0.1 + 0.4 x^2 of x = 0, 1/4, 3/4, 1.
    expectClose(image("gamma", { minimum: 2, maximum: 2 }), [0.1, 0.125, 0.325, 0.5], { absolute: 1e-6 })
  })

  it("happen as often as their probability says", () => {
    for (const [kind, options] of [
      ["flip", { axis: "rows" }],
      ["rotation", { maxDegrees: 90 }],
      ["intensity", { gain: 1, offset: 1 }],
      ["gamma", { minimum: 2, maximum: 3 }],
    ] as const) {
      const changes = (probability: number) =>
        Array.from({ length: 40 }, (_, seed) => image(kind, { ...options, probability }, seed)).filter(
          (after) => after.some((value, i) => value !== sample.image[i]),
        ).length
      expect(changes(0)).toBe(0)
      expect(changes(1)).toBe(40)
      expect(changes(0.5)).toBeGreaterThan(5)
      expect(changes(0.5)).toBeLessThan(35)
    }
  })
})

describe("optimizers", () => {
  /** What w = 2 is moved by in each of two steps of gradient 1 and learning rate 0.1. */
  const steps = (spec: { readonly kind: string }) => {
    const { value } = buildOptimizer(spec)
    return tf.tidy(() => {
      const params: Params = { w: tf.tensor1d([2]) }
      let slots = value.init(params)
      return [1, 2].map((step) => {
        const at = { learningRate: tf.scalar(0.1), step: tf.scalar(step) }
        const { updates, slots: next } = value.update({ w: tf.tensor1d([1]) }, slots, params, at)
        slots = next
        return leaves(updates)[0]![1].dataSync()[0]!
      })
    })
  }
  const sgd = (momentum: number, weightDecay: number) => ({ kind: "sgd", momentum, weightDecay })

  it("use their own options", () => {
    // v = 1, then 0.5 + 1.
    expectClose(steps(sgd(0.5, 0)), [-0.1, -0.15], { absolute: 1e-6 })
    // g = 1 + 0.25 * 2.
    expectClose(steps(sgd(0, 0.25)), [-0.15, -0.15], { absolute: 1e-6 })
    // The corrected moments of a constant gradient are 1: 1 / (1 + epsilon).
    const adam = (beta1: number, beta2: number, epsilon: number) => ({ kind: "adam", beta1, beta2, epsilon })
    expectClose(steps(adam(0.9, 0.999, 1)), [-0.05, -0.05], { absolute: 1e-5 })
    const slotsOf = (beta1: number, beta2: number) =>
      tf.tidy(() => {
        const { value } = buildOptimizer(adam(beta1, beta2, 1e-8))
        const params = { w: tf.tensor1d([2]) }
        const at = { learningRate: tf.scalar(0.1), step: tf.scalar(1) }
        const { slots } = value.update({ w: tf.tensor1d([3]) }, value.init(params), params, at)
        return leaves(slots).map(([, leaf]) => leaf.dataSync()[0]!)
      })
    // (1 - 0.75) * 3 and (1 - 0.5) * 9.
    expectClose(slotsOf(0.75, 0.5).sort(), [0.75, 4.5], { absolute: 1e-6 })
    // From norm 1 to norm 0.5, then plain descent.
    const clip = { kind: "clipByGlobalNorm", norm: 0.5 }
    const chain = { kind: "chain", links: [clip, sgd(0, 0)] }
    expectClose(steps(chain), [-0.05, -0.05], { absolute: 1e-6 })
  })

  it("of a chain are keyed by each file once", () => {
    const clip = { kind: "clipByGlobalNorm", norm: 0.5 }
    expect(buildOptimizer({ kind: "chain", links: [clip, clip, sgd(0, 0)] } as never).sources).toEqual([
      "optimizers/chain.ts",
      "optimizers/clipByGlobalNorm.ts",
      "optimizers/sgd.ts",
    ])
    expect(Object.keys(optimizerLinks)).toEqual(["clipByGlobalNorm", "sgd", "adam"])
    expect(Object.keys(optimizerCatalog)).toEqual(["sgd", "adam", "chain"])
  })
})

describe("schedules", () => {
  it("use their own options", () => {
    const { value: constant } = buildSchedule({ kind: "constant", learningRate: 0.3 })
    expect([constant(0, 10), constant(9, 10)]).toEqual([0.3, 0.3])
    const { value: polynomial } = buildSchedule({ kind: "polynomial", learningRate: 0.1, power: 2 })
    // 0.1 * (1 - 5 / 10)^2
    expectClose([polynomial(0, 10), polynomial(5, 10)], [0.1, 0.025], { absolute: 1e-9 })
  })
})

describe("models", () => {
  it("use their own options", () => {
    const unet = (options: object) =>
      buildModel({ kind: "unet", depth: 3, baseWidth: 2, batchNorm: true, dropout: 0, ...options }).value
    expect([unet({}).divisor, unet({ depth: 5 }).divisor]).toEqual([8, 32])
    const parameters = (options: object) =>
      Object.values(unet(options).shapes).reduce((sum, shape) => sum + shape.reduce((a, b) => a * b, 1), 0)
    expect(parameters({ baseWidth: 4 })).toBeGreaterThan(3 * parameters({}))
    const moments = (options: object) =>
      Object.keys(unet(options).shapes).filter((path) => path.startsWith("state/")).length
    expect(moments({})).toBeGreaterThan(0)
    expect(moments({ batchNorm: false })).toBe(0)
  })
})
