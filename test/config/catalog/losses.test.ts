import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { test as property } from "@fast-check/vitest"
import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { buildLoss, buildObjective, lossDescription } from "../../../src/config/catalog/losses.ts"
import { hasModule } from "../../../src/config/catalog/nestedLosses.ts"
import type { PartSpec } from "../../../src/config/catalog/part.ts"
import { singleScaleLosses } from "../../../src/config/catalog/singleScaleLosses.ts"
import { arbitraryOf } from "../../../src/config/language/arbitrary.ts"

import { codecOf } from "../../../src/config/language/codec.ts"
import { atOf, lossValue, lossValueAndGradient } from "../../../src/laws/evaluate.ts"
import { row } from "../../../src/laws/lossCase.ts"
import { rootKey } from "../../../src/tensor/randomKey.ts"
import { golden } from "../../losses/golden.ts"
import { expectClose } from "../../support/close.ts"
import { useJavascriptEngine } from "../../support/engine.ts"
import { temporaryFolder } from "../../support/temporaryFolder.ts"

beforeAll(useJavascriptEngine)

/** The canonical spec of what YAML says. */
const canonical = (yaml: unknown): PartSpec => {
  const decoded = codecOf(lossDescription).decode(yaml)
  if (decoded._tag === "Left") throw new Error(`invalid: ${JSON.stringify(yaml)}`)
  return decoded.right as PartSpec
}

const module = (name: string): string =>
  fileURLToPath(new URL(`../../fixtures/modules/${name}.ts`, import.meta.url))

/** Four outputs of 8, 4, 2 and 1 pixels a side, the truth differing in the corner. */
const fourScales = () => {
  const sides = [8, 4, 2, 1]
  return {
    outputs: sides.map((side) => tf.fill<tf.Rank.R4>([1, side, side, 1], 0.5)),
    truths: sides.map((side) => ({
      mask: tf.zeros<tf.Rank.R4>([1, side, side, 1]),
      second: tf.pad(tf.ones<tf.Rank.R4>([1, 1, 1, 1]), [
        [0, 0],
        [0, side - 1],
        [0, side - 1],
        [0, 0],
      ]),
    })),
  }
}

const objectiveValue = async (yaml: unknown): Promise<number> => {
  const { value: objective } = await buildObjective(canonical(yaml))
  return tf.tidy(() => {
    const { outputs, truths } = fourScales()
    return objective.apply({}, outputs, truths, atOf()).dataSync()[0]!
  })
}

describe("the losses of the catalogue", () => {
  it("are built from a bare kind", async () => {
    const values = await Promise.all(
      ["bce", "pyTorchFocal"].map(async (kind) => lossValue(await buildLoss(canonical({ kind })), golden)),
    )
    expectClose(values, [0.3269986404, 0.0127940947], { absolute: 1e-7 })
  })

  it("know the readings of the published code by name", async () => {
    const loss = await buildLoss(canonical({ kind: "pyTorchFocal", preset: "as-trained" }))
    expectClose(lossValue(loss, golden), 0.032031651, { absolute: 1e-7 })
    const code = await buildLoss(canonical({ kind: "adaptiveFocal", preset: "seed-code", kernel: 1 }))
    expectClose(lossValue(code, golden), 0.0546993, { absolute: 1e-7 })
    expect(canonical({ kind: "adaptiveFocal", preset: "seed-text" })).toMatchObject({
      difficulty: "confidence",
      variability: "std",
      over: "image",
      gammaGradient: "attached",
    })
  })

  it("say what they need", async () => {
    expect((await buildLoss(canonical({ kind: "bce" }))).needs.second).toBe(false)
    expect((await buildLoss(canonical({ kind: "agBce" }))).needs.second).toBe(true)
  })

  property.prop([arbitraryOf(lossDescription).filter((spec) => !hasModule(spec as PartSpec))], {
    numRuns: 100,
  })("have a finite value and gradient for every valid set of options", async (spec) => {
    const { kind, loss } = spec as PartSpec
    const built = await buildLoss((kind === "deepSupervised" ? loss : spec) as PartSpec)
    const input = row([-1e4, -2, 0.5, 1e4], [1, 0, 1, 0], [1, 1, 0, 0])
    const { value, gradient } = tf.tidy(() => lossValueAndGradient(built, input, built.init(rootKey(0))))
    expect(Number.isFinite(value)).toBe(true)
    expect(gradient.every(Number.isFinite)).toBe(true)
  })
})

describe("objectives", () => {
  it("of a loss of one scale see the full resolution alone", async () => {
    expectClose(await objectiveValue({ kind: "bce" }), Math.log1p(Math.exp(0.5)), { relative: 1e-6 })
  })

  it("give each scale its kernel", async () => {
    // Constant pixels: 0.5 c (1 + 3 hard share) / 5, c = log(1 + e^0.5). The corner pixel grows by kernels
    // 4, 3, 2, 1 to 3 x 3 of 64, 2 x 2 of 16, 2 x 2 of 4 and 1 of 1 pixels.
    const c = Math.log1p(Math.exp(0.5))
    const shares = [9 / 64, 4 / 16, 1, 1]
    const expected = shares.reduce((sum, share) => sum + (0.5 * c * (1 + 3 * share)) / 5, 0)
    const loss = { kind: "agBce", form: "logits" }
    expectClose(await objectiveValue({ kind: "deepSupervised", loss }), expected, { relative: 1e-6 })
  })

  it("leave the loss its own kernel when told so, and a loss without one alone", async () => {
    const loss = { kind: "agBce", form: "logits", kernel: 1, hardWeight: 4 }
    const c = Math.log1p(Math.exp(0.5))
    const expected = [1 / 64, 1 / 16, 1 / 4, 1].reduce(
      (sum, share) => sum + (0.5 * c * (1 + 3 * share)) / 5,
      0,
    )
    const value = await objectiveValue({ kind: "deepSupervised", loss, kernels: [] })
    expectClose(value, expected, { relative: 1e-6 })
    expectClose(await objectiveValue({ kind: "deepSupervised", loss: { kind: "bce" } }), 4 * c, {
      relative: 1e-6,
    })
  })

  it("carry their canonical spec, needs and sources", async () => {
    const spec = canonical({ kind: "deepSupervised", loss: { kind: "agBce" } })
    const objective = await buildObjective(spec)
    expect(objective.spec).toEqual({
      kind: "deepSupervised",
      loss: { kind: "agBce", kernel: 4, hardWeight: 4, form: "reference" },
      weights: [1, 1, 1, 1],
      kernels: [4, 3, 2, 1],
    })
    expect(objective.value.needs).toEqual({ second: true, distance: false })
    expect(objective.sources).toEqual(["losses/deepSupervised.ts", "losses/agBce.ts"])
  })

  it("refuse another number of kernels than of weights", () => {
    const yaml = { kind: "deepSupervised", loss: { kind: "bce" }, weights: [1, 1] }
    expect(codecOf(lossDescription).decode(yaml)._tag).toBe("Left")
  })

  it("refuse weights that are all 0, and take one that is not", () => {
    const decode = (weights: readonly number[]) =>
      codecOf(lossDescription).decode({ kind: "deepSupervised", loss: { kind: "bce" }, weights })._tag
    expect([decode([0, 0, 0, 0]), decode([0, 0, 0.5, 0])]).toEqual(["Left", "Right"])
  })

  it("do not nest: the loss of a scale is not deeply supervised itself", async () => {
    expect(Object.keys(singleScaleLosses)).not.toContain("deepSupervised")
    await expect(
      buildLoss(canonical({ kind: "deepSupervised", loss: { kind: "bce" } })),
    ).rejects.toMatchObject({ kind: "config", message: "deepSupervised is not a loss of one scale" })
  })
})

describe("a loss module", () => {
  it("gets its options, says what it needs and is keyed by its file", async () => {
    const path = module("scaledBrier")
    const spec = canonical({ kind: "module", path, options: { factor: 3 } })
    const built = await buildLoss(spec)
    // (1/2 - 1)^2 x 3
    expectClose(lossValue(built, row([0], [0], [1])), 0.75, { relative: 1e-6 })
    expect(built.needs).toEqual({ second: true, distance: false })
    expect((await buildObjective(spec)).sources).toEqual([path])
  })

  it.each([
    ["absent", "the loss module cannot be loaded"],
    ["noDefault", "the loss module has no function as default export"],
    ["notALoss", "the default export of the loss module does not return a loss"],
    ["throwing", "the loss module throws"],
    ["wrongNeeds", "the export `needs` of the loss module is malformed"],
  ])("that is %s is a problem of the configuration: %s", async (name, message) => {
    await expect(buildLoss(canonical({ kind: "module", path: module(name) }))).rejects.toMatchObject({
      kind: "config",
      message: expect.stringContaining(message) as string,
      problems: [{ file: module(name) }],
    })
  })

  it.each([
    ["is absent", undefined, "check the path (relative to the YAML file that says it, else to the"],
    ["throws", 'throw new Error("no licence")', "mend the module"],
    [
      "throws what the system says",
      'import { readFileSync } from "fs"\nreadFileSync("absent")',
      "mend the module",
    ],
    ["imports what is absent", 'import "./absent.mjs"', "check the path"],
  ])("that %s while it is loaded gets a fix that fits", async (_, text, fix) => {
    const path = join(await temporaryFolder(), "own.mjs")
    if (text !== undefined) writeFileSync(path, text)
    await expect(buildLoss(canonical({ kind: "module", path }))).rejects.toMatchObject({
      problems: [
        { message: "the loss module cannot be loaded", fix: expect.stringContaining(fix) as string },
      ],
    })
  })

  it("that does not return a scalar is told what it returns", async () => {
    const loss = await buildLoss(canonical({ kind: "module", path: module("notAScalar") }))
    const { shape } = golden
    expect(() => lossValue(loss, golden)).toThrow(
      `the loss of the module returns a tensor of shape [${shape.join(", ")}, 1] instead of a scalar tensor`,
    )
  })

  it.each([
    ["async () => 0", "a promise"],
    ["() => {}", "undefined"],
    ["() => null", "null"],
    ["() => 0.5", "0.5"],
    ["() => [1]", "an object"],
  ])("that is %s is said to return %s", async (loss, returned) => {
    const path = join(await temporaryFolder(), "own.mjs")
    writeFileSync(path, `export default () => ${loss}\n`)
    const built = await buildLoss(canonical({ kind: "module", path }))
    expect(() => lossValue(built, golden)).toThrow(
      `the loss of the module returns ${returned} instead of a scalar tensor`,
    )
  })
})
