import { readdir, readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { Effect } from "effect"
import { beforeEach, describe, expect, it, vi } from "vitest"
import { decodeRecipe, recipeKey } from "../../src/config/experiment/recipe.ts"
import { decodeSafetensors } from "../../src/data/files/safetensors.ts"
import type { Failure } from "../../src/failure/failure.ts"
import { type CellRun, runCell, runLoading } from "../../src/pipeline/cell.ts"
import { checkpointFile } from "../../src/pipeline/checkpoints.ts"
import { buildParts } from "../../src/pipeline/parts.ts"
import { Datasets } from "../../src/stages/datasets.ts"
import type { Evaluated } from "../../src/stages/evaluate.ts"
import type { CellEvent } from "../../src/stages/events.ts"
import { stage } from "../../src/stages/stage.ts"
import type { Tracer } from "../../src/stages/tracer.ts"
import type { Trained } from "../../src/stages/train.ts"
import { type Checkpoint, Checkpoints } from "../../src/stages/training/checkpoint.ts"
import { discs } from "../support/dataset.ts"
import { baseExperiment, cellOf, decoded } from "../support/experimentLeaves.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"

/** What the stages below were told, and which of them ran. */
const told = vi.hoisted(() => ({
  options: {} as Record<string, unknown>,
  inputs: {} as Record<string, unknown>,
  ran: [] as string[],
  datasetKey: undefined as string | undefined,
  resumed: undefined as unknown,
}))

const dataset = discs({ size: 8 })
const weights = { "params/a": { shape: [1], data: Float32Array.of(5) } }
const history = { epochs: [], keptEpoch: 1, gradientNormAtStart: 2, parameterCount: 1 }
const scores = { empty: "skip", slices: [] } as never
const checkpoint: Checkpoint = { state: weights, epochs: [], gradientNormAtStart: 2, best: null }

// Stages that only note what they are given: what they do is tested where they are.
vi.mock("../../src/stages/load.ts", () => ({
  load: (options: unknown) => {
    told.options.load = options
    return stage("load", () =>
      Effect.sync(() => {
        told.ran.push("load")
        return dataset
      }),
    )
  },
}))
vi.mock("../../src/stages/references.ts", () => ({
  references: (options: unknown) => {
    told.options.references = options
    return stage("references", (input: unknown) =>
      Effect.sync(() => {
        told.inputs.references = input
        told.ran.push("references")
        return [{ name: "mean", scores }]
      }),
    )
  },
}))
vi.mock("../../src/stages/train.ts", () => ({
  train: (options: unknown) => {
    told.options.train = options
    return stage(
      "train",
      Effect.fnUntraced(function* (sampler: { readonly datasetKey: string }) {
        told.inputs.train = sampler
        told.ran.push("train")
        const checkpoints = yield* Checkpoints
        told.resumed = yield* Effect.promise(() => checkpoints.read())
        yield* Effect.promise(() => checkpoints.write(checkpoint))
        const trained: Trained = { weights, history, datasetKey: sampler.datasetKey }
        return trained
      }),
    )
  },
}))
vi.mock("../../src/stages/evaluate.ts", () => ({
  evaluate: (options: unknown) => {
    told.options.evaluate = options
    return stage(
      "evaluate",
      Effect.fnUntraced(function* (trained: Trained) {
        told.inputs.evaluate = trained
        told.ran.push("evaluate")
        told.inputs.dataset = yield* (yield* Datasets).get(told.datasetKey ?? trained.datasetKey)
        const evaluated: Evaluated = { scores, history: trained.history, predictions: [] }
        return evaluated
      }),
    )
  },
}))

const spec = cellOf(
  decoded({
    ...baseExperiment,
    augment: [
      { kind: "flip", axis: "rows" },
      { kind: "rotation", maxDegrees: 5 },
    ],
    train: { ...baseExperiment.train, keep: "best", precision: "bfloat16" },
  })!,
)
const keys = { load: "0l", references: "0r", train: "0t", evaluate: "0e", ingredients: {} }

const setUp = async (more: Partial<CellRun> = {}) => {
  const events: CellEvent[] = []
  const store = join(await temporaryFolder(), "store")
  const parts = await buildParts(spec)
  const run: CellRun = { spec, parts, keys, store, emit: (event) => void events.push(event), ...more }
  return { run, parts, store, events, cell: () => Effect.runPromise(runCell(run)) }
}

/** A checkpoint where an interrupted training would have left it. */
const interruptedIn = async (store: string): Promise<{ readonly file: string }> => {
  const folder = join(store, "train", `${keys.train}.partial`)
  await checkpointFile(folder, () => undefined).write(checkpoint)
  return { file: join(folder, "checkpoint.safetensors") }
}

const statuses = (events: readonly CellEvent[]) =>
  events.flatMap((event) => (event.event === "stage" ? [`${event.stage} ${event.status}`] : []))

const failureOf = (effect: Effect.Effect<unknown, Failure>) => Effect.runPromise(Effect.flip(effect))

beforeEach(() => {
  told.ran.length = 0
  told.datasetKey = undefined
})

describe("runCell", () => {
  it("gives every stage what the spec says of it", async () => {
    const { parts, cell } = await setUp()
    await cell()
    const { source, split, resize, intensity, model, objective, optimizer, schedule } = parts
    expect(told.options.load).toEqual({
      source: source.value,
      split: split.value,
      size: [128, 256],
      resize: resize.value,
      intensity: intensity.value,
    })
    expect(told.inputs.train).toEqual({
      dataset,
      datasetKey: keys.load,
      augmentations: parts.augmentations.map(({ value }) => value),
    })
    expect(parts.augmentations).toHaveLength(2)
    expect(told.options.train).toEqual({
      model: model.value,
      objective: objective.value,
      optimizer: optimizer.value,
      schedule: schedule.value,
      epochs: 2,
      batchSize: 3,
      keep: "best",
      precision: "bfloat16",
      seed: 3,
    })
    expect(told.inputs.evaluate).toEqual({ weights, history, datasetKey: keys.load })
    expect(told.options.evaluate).toEqual({ model: model.value, batchSize: 3, scoring: spec.evaluate })
    expect(told.inputs.dataset).toEqual(dataset)
  })

  it("leaves its artefacts under its keys, a network with how it is used", async () => {
    const { store, cell } = await setUp()
    let second = 20
    const clock = vi.spyOn(performance, "now").mockImplementation(() => 1000 * second++)
    const { evaluated, folders, seconds } = await cell()
    clock.mockRestore()
    expect(evaluated).toMatchObject({ scores, history })
    expect(folders).toEqual({
      trained: join(store, "train", keys.train),
      evaluated: join(store, "evaluate", keys.evaluate),
    })
    expect(await readdir(join(store, "load"))).toEqual([keys.load])
    // A second goes by before each look at the clock: at the end, and twice in each of three stages.
    expect(seconds).toBe(7)
    const file = join(folders.trained, "weights.safetensors")
    const { metadata } = decodeSafetensors(await readFile(file))
    expect(decodeRecipe(metadata[recipeKey]!, file)).toMatchObject({ size: [128, 256], batchSize: 3 })
  })

  it("tells what it does as it does it, and makes nothing twice", async () => {
    const { run, store, events, cell } = await setUp()
    await cell()
    expect(told.ran).toEqual(["load", "train", "evaluate"])
    expect(statuses(events)).toEqual([
      ...["load started", "load done", "train started", "train done"],
      // Evaluation fetches the dataset of its training.
      ...["evaluate started", "load stored", "evaluate done"],
    ])
    for (const event of events)
      if (event.event === "stage" && event.status === "done") expect(event.seconds).toBeGreaterThanOrEqual(0)
    events.length = 0
    expect((await cell()).evaluated).toEqual({ scores, history })
    expect(statuses(events)).toEqual(["evaluate stored"])
    events.length = 0
    await rm(join(store, "evaluate"), { recursive: true })
    await Effect.runPromise(runCell(run))
    expect(statuses(events)).toEqual(["train stored", "evaluate started", "load stored", "evaluate done"])
    expect(told.ran).toEqual(["load", "train", "evaluate", "evaluate"])
  })

  it("keeps the checkpoint beside its training, and removes it when that is done", async () => {
    const { store, events, cell } = await setUp()
    await interruptedIn(store)
    await cell()
    expect(told.resumed).toEqual(checkpoint)
    expect(await readdir(join(store, "train"))).toEqual([keys.train])
    expect(events.some(({ event }) => event === "warning")).toBe(false)
  })

  it("warns of a damaged checkpoint and of a damaged artefact, and makes them again", async () => {
    const { store, events, cell } = await setUp()
    const { file } = await interruptedIn(store)
    await writeFile(file, "damaged")
    const { folders } = await cell()
    expect(told.resumed).toBeUndefined()
    await writeFile(join(folders.evaluated, "scores.json"), "damaged")
    await cell()
    expect(told.ran).toEqual(["load", "train", "evaluate", "evaluate"])
    expect(events.filter(({ event }) => event === "warning")).toEqual([
      { event: "warning", message: expect.stringContaining("the checkpoint") },
      { event: "warning", message: expect.stringContaining("the stored evaluate 0e is damaged") },
    ])
  })

  it("says so when the network of a stored evaluation is gone", async () => {
    const { run, store, cell } = await setUp()
    await cell()
    await rm(join(store, "train"), { recursive: true })
    expect(await failureOf(runCell(run))).toMatchObject({
      kind: "environment",
      problems: [{ message: "the stored train of this cell is gone", fix: "run the same command again" }],
    })
  })

  it("knows one dataset, that of its own key", async () => {
    const { run } = await setUp()
    told.datasetKey = "another"
    expect(await failureOf(runCell(run))).toMatchObject({
      kind: "bug",
      problems: [{ message: "no dataset has the key another" }],
    })
  })

  it("lets a tracer hear its stages and its reading and writing", async () => {
    const begun: string[] = []
    const tracer: Tracer = {
      begin: (name) => {
        begun.push(name)
        return () => void begun.push(`/${name}`)
      },
      operations: () => 0,
    }
    const { cell } = await setUp({ tracer })
    await cell()
    expect(begun).toEqual([
      ...["load", "/load", "write load to the store", "/write load to the store"],
      ...["train", "/train", "write train to the store", "/write train to the store"],
      ...["evaluate", "read load from the store", "/read load from the store", "/evaluate"],
      ...["write evaluate to the store", "/write evaluate to the store"],
    ])
  })
})

describe("runLoading", () => {
  it("loads the data and scores the reference rows, and trains nothing", async () => {
    const { run, store, events } = await setUp()
    await Effect.runPromise(runLoading(run))
    expect(told.ran).toEqual(["load", "references"])
    expect(told.options.references).toEqual(spec.evaluate)
    expect(told.inputs.references).toEqual(dataset)
    expect((await readdir(store)).sort()).toEqual(["load", "references"])
    expect(await readdir(join(store, "references"))).toEqual([keys.references])
    events.length = 0
    await Effect.runPromise(runLoading(run))
    expect(statuses(events)).toEqual(["load stored", "references stored"])
  })
})
