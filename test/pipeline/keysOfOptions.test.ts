import fc from "fast-check"
import { describe, expect, it, vi } from "vitest"
import type { CellSpec } from "../../src/config/experiment/cellSpec.ts"
import { type CellKeys, cellKeys } from "../../src/pipeline/keys.ts"
import { buildParts } from "../../src/pipeline/parts.ts"
import { baseExperiment, cellOf, changedLeaves, decoded, everyPart } from "../support/experimentLeaves.ts"

// What files say is no matter here; which ones they are is.
vi.mock("../../src/pipeline/sourceDigest.ts", () => ({
  sourceDigest: (files: readonly string[]) => files.join(" "),
}))

const keysOf = async (spec: CellSpec) => cellKeys(spec, await buildParts(spec), "data", "engine")

const stages = ["load", "references", "train", "evaluate"] as const
type Stage = (typeof stages)[number]
const changedStages = (a: CellKeys, b: CellKeys): readonly Stage[] =>
  stages.filter((stage) => a[stage] !== b[stage])

const fromTraining: readonly Stage[] = ["train", "evaluate"]

/** What each option decides; the first row that fits counts. */
const table: readonly (readonly [path: RegExp, readonly Stage[]])[] = [
  // Where data lie says nothing about them: their content has a place of its own in the keys.
  [/^load\.source\.(folder|images|masks|second)$/, []],
  [/^load\./, stages],
  [/^(seed|augment|train)(\.|$)/, fromTraining],
  [/^evaluate\./, ["references", "evaluate"]],
  [/^(name|extends|report|sweep)(\.|$)/, []],
]

const expected = (path: string): readonly Stage[] => {
  const row = table.find(([pattern]) => pattern.test(path))
  if (row === undefined) throw new Error(`nobody says what ${path} decides`)
  return row[1]
}

/** Leaves and the stages that changed with them, where these are not the expected ones. */
const surprises = async (spec: CellSpec, leaves: ReturnType<typeof changedLeaves>) => {
  const before = await keysOf(spec)
  const found = await Promise.all(
    leaves.map(async ({ path, changed }) => ({
      path,
      changed: changedStages(before, await keysOf(cellOf(changed))),
    })),
  )
  return found.filter(({ path, changed }) => changed.join() !== expected(path).join())
}

describe("the keys of a cell", () => {
  const base = decoded(baseExperiment)!

  it("change with every option of an experiment for exactly the stages that it decides", async () => {
    // The file of a split must exist: what it says is in keys.test.ts.
    const leaves = changedLeaves(base).filter(({ path }) => path !== "load.split.file")
    expect(await surprises(cellOf(base), leaves)).toEqual([])
    // None was passed over, the kinds of parts aside: another kind has other options.
    expect(leaves.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        ...["name", "seed", "report.title", "report.baseline", "report.remark", "augment"],
        ...["train", "validation", "test", "seed"].map((option) => `load.split.${option}`),
        ...["load.size", "load.size.0", "load.size.1", "load.intensity.low", "load.source.slices"],
        ...["epochs", "batchSize", "keep", "precision"].map((option) => `train.${option}`),
        ...["train.schedule.learningRate", "train.optimizer.momentum", "augment.0.axis"],
        ...["metrics", "hd95", "toleranceMm", "empty"].map((option) => `evaluate.${option}`),
      ]),
    )
  })

  it.each(everyPart)("change with every option of $path: { kind: $kind }", async ({ path, experiments }) => {
    await fc.assert(
      fc.asyncProperty(experiments, async (experiment) => {
        expect(await surprises(cellOf(experiment), changedLeaves(experiment, path))).toEqual([])
      }),
      { numRuns: 2, endOnFailure: true },
    )
  })

  it("change when a part is of another kind, though nothing else is said of it", async () => {
    const withPart = (path: "resize" | "optimizer", kind: string) =>
      path === "resize"
        ? { ...baseExperiment, load: { ...baseExperiment.load, resize: { kind, spacingMm: [1, 1] } } }
        : { ...baseExperiment, train: { ...baseExperiment.train, optimizer: { kind } } }
    const before = await keysOf(cellOf(base))
    const withIt = async (...part: Parameters<typeof withPart>) =>
      changedStages(before, await keysOf(cellOf(decoded(withPart(...part))!)))
    expect(await withIt("resize", "spacing")).toEqual(stages)
    expect(await withIt("optimizer", "adam")).toEqual(fromTraining)
    expect(await withIt("optimizer", "sgd")).toEqual([])
  })

  it("do not change with the order in which an experiment says things", async () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed)
      if (typeof value !== "object" || value === null) return value
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, each]) => [key, reversed(each)]),
      )
    }
    // Decoding puts keys in order; the keys do not count on it.
    const backwards = reversed(cellOf(base)) as CellSpec
    expect(changedStages(await keysOf(cellOf(base)), await keysOf(backwards))).toEqual([])
  })
})
