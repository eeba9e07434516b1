import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"
import type { CellSpec } from "../../src/config/experiment/cellSpec.ts"
import { type CellKeys, cellKeys } from "../../src/pipeline/keys.ts"
import { buildParts } from "../../src/pipeline/parts.ts"
import { baseExperiment, cellOf, decoded } from "../support/experimentLeaves.ts"

/** The digest of the code of a copy of losslab, which may be edited. */
const copied = vi.hoisted(() => ({ digest: undefined as unknown as (files: readonly string[]) => string }))
vi.mock("../../src/pipeline/sourceDigest.ts", () => ({
  sourceDigest: (files: readonly string[]) => copied.digest(files),
}))

const root = mkdtempSync(join(tmpdir(), "losslab-code-"))
/** Digests since the last edit: cells share files. */
const known = new Map<string, string>()
const at = (file: string) => join(root, "src", file)

beforeAll(async () => {
  cpSync(resolve(import.meta.dirname, "../../src"), join(root, "src"), { recursive: true })
  cpSync(resolve(import.meta.dirname, "../../package.json"), join(root, "package.json"))
  const { sourceDigest } = (await import(
    pathToFileURL(at("pipeline/sourceDigest.ts")).href
  )) as typeof import("../../src/pipeline/sourceDigest.ts")
  copied.digest = (files) => {
    const asked = files.join(" ")
    known.set(asked, known.get(asked) ?? sourceDigest(files))
    return known.get(asked)!
  }
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** What is made while a file has one line more. */
const edited = async <A>(file: string, make: () => Promise<A>): Promise<A> => {
  appendFileSync(at(file), "\n// edited\n")
  known.clear()
  try {
    return await make()
  } finally {
    cpSync(resolve(import.meta.dirname, "../../src", file), at(file))
  }
}

const specOf = ({ load, train, augment }: { load: object; train: object; augment: object[] }) =>
  cellOf(
    decoded({
      ...baseExperiment,
      load: { ...baseExperiment.load, ...load },
      train: { ...baseExperiment.train, ...train },
      augment,
    })!,
  )

const kind = (name: string, options: object = {}) => ({ kind: name, ...options })

/** Two cells that have no part in common but the network. */
const cells = {
  plain: specOf({
    load: { source: kind("phantom"), intensity: kind("scale") },
    augment: [kind("flip", { axis: "rows" })],
    train: {
      loss: kind("bce"),
      optimizer: kind("sgd"),
      schedule: kind("constant", { learningRate: 0.1 }),
    },
  }),
  rich: specOf({
    load: {
      source: kind("folder", { images: "/images", masks: "/masks" }),
      resize: kind("spacing", { spacingMm: [1, 1] }),
      intensity: kind("zscore"),
    },
    augment: [kind("rotation", { maxDegrees: 5 }), kind("gamma")],
    train: {
      loss: kind("deepSupervised", {
        loss: kind("sum", {
          terms: [kind("agBce"), kind("weighted", { loss: kind("softDice"), weight: 2 })],
        }),
      }),
      optimizer: kind("chain", { links: [kind("clipByGlobalNorm", { norm: 1 }), kind("adam")] }),
      schedule: kind("polynomial", { learningRate: 0.1 }),
    },
  }),
}

const keysOf = async (spec: CellSpec) => cellKeys(spec, await buildParts(spec), "data", "engine")

const stages = ["load", "references", "train", "evaluate"] as const
type Stage = (typeof stages)[number]
const changedStages = (a: CellKeys, b: CellKeys): readonly Stage[] =>
  stages.filter((stage) => a[stage] !== b[stage])

const fromTraining: readonly Stage[] = ["train", "evaluate"]
const scoring: readonly Stage[] = ["references", "evaluate"]

describe("keys, when a module of the user's is edited", () => {
  it("change for what is trained with it, wherever it lies", async () => {
    const keysWith = (folder: string, factor: string) => {
      known.clear()
      mkdirSync(join(root, folder), { recursive: true })
      const path = join(root, folder, "loss.mjs")
      writeFileSync(join(root, folder, "factor.mjs"), `export const factor = ${factor}\n`)
      writeFileSync(path, 'import { factor } from "./factor.mjs"\nexport default () => () => factor\n')
      const loss = kind("weighted", { loss: kind("module", { path }), weight: 2 })
      return keysOf(specOf({ load: {}, augment: [], train: { loss } }))
    }
    const one = await keysWith("here", "1")
    expect(changedStages(one, await keysWith("there", "1"))).toEqual([])
    expect(changedStages(one, await keysWith("here", "2"))).toEqual(fromTraining)
  })
})

describe("keys, when a file of losslab is edited", () => {
  let before: { plain: CellKeys; rich: CellKeys }
  beforeAll(async () => {
    before = { plain: await keysOf(cells.plain), rich: await keysOf(cells.rich) }
  })

  it.each<[file: string, plain: readonly Stage[], rich: readonly Stage[]]>([
    // The stages, and what only they use.
    ["stages/load.ts", stages, stages],
    ["data/dataset/split.ts", stages, stages],
    ["data/dataset/fit.ts", stages, stages],
    ["pipeline/storedFormats.ts", stages, stages],
    ["stages/train.ts", fromTraining, fromTraining],
    ["stages/training/runEpochs.ts", fromTraining, fromTraining],
    ["stages/evaluate.ts", ["evaluate"], ["evaluate"]],
    ["stages/references.ts", ["references"], ["references"]],
    ["stages/withScorer.ts", scoring, scoring],
    ["metrics/hd95.ts", scoring, scoring],
    ["metrics/dice.ts", stages.slice(1), stages.slice(1)],
    ["engine/startEngine.ts", fromTraining, fromTraining],
    ["engine/tensorflow/start.ts", fromTraining, fromTraining],
    // The parts, and what they use.
    ["data/phantom/phantomSource.ts", stages, []],
    ["data/phantom/tissue.ts", stages, []],
    ["data/sources/folder.ts", [], stages],
    ["data/dataset/intensity.ts", stages, stages],
    ["models/unet.ts", fromTraining, fromTraining],
    ["losses/bce.ts", fromTraining, []],
    ["losses/deepSupervised.ts", [], fromTraining],
    ["losses/sum.ts", [], fromTraining],
    ["losses/agBce.ts", [], fromTraining],
    ["losses/weighted.ts", [], fromTraining],
    ["losses/softDice.ts", [], fromTraining],
    ["optimizers/sgd.ts", fromTraining, []],
    ["optimizers/chain.ts", [], fromTraining],
    ["optimizers/clipByGlobalNorm.ts", [], fromTraining],
    ["optimizers/adam.ts", [], fromTraining],
    ["optimizers/schedules/constant.ts", fromTraining, []],
    ["optimizers/schedules/polynomial.ts", [], fromTraining],
    ["augmentations/flip.ts", fromTraining, []],
    ["augmentations/rotation.ts", [], fromTraining],
    ["augmentations/gamma.ts", [], fromTraining],
    // What no cell's results depend on.
    ["stages/report/page.ts", [], []],
    ["sweep/plan.ts", [], []],
    ["terminal/progressBar.ts", [], []],
    ["models/model.ts", [], []], // types alone, which are gone when it runs
  ])("change with %s for %j, or %j with other parts", async (file, plain, rich) => {
    const after = await edited(file, async () => ({
      plain: await keysOf(cells.plain),
      rich: await keysOf(cells.rich),
    }))
    expect(changedStages(before.plain, after.plain)).toEqual(plain)
    expect(changedStages(before.rich, after.rich)).toEqual(rich)
  })

  it.each([
    ["models/unet.ts", ["train code", "evaluate code"]],
    ["losses/bce.ts", ["loss code"]],
    ["optimizers/sgd.ts", ["train code"]],
    ["data/phantom/phantomSource.ts", ["load code"]],
    ["stages/references.ts", ["references code"]],
  ])("say so of %s: %j", async (file, names) => {
    const after = await edited(file, () => keysOf(cells.plain))
    const { ingredients } = before.plain
    expect(Object.keys(ingredients).filter((name) => ingredients[name] !== after.ingredients[name])).toEqual(
      names,
    )
  })
})
