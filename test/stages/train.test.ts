import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import type { Dataset } from "../../src/data/dataset/dataset.ts"
import { Failure, failure } from "../../src/failure/failure.ts"
import { nothing, secondAnnotator } from "../../src/losses/loss.ts"
import type { Objective } from "../../src/losses/objective.ts"
import { ofTheLoss, type TrainOptions, train } from "../../src/stages/train.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { checkpointsInMemory, oneWeightTraining, trained } from "../support/oneWeightTraining.ts"
import { runStage } from "../support/runStage.ts"

beforeAll(useJavascriptEngine)

const objective = (changes: Partial<Objective> = {}): Objective => ({
  needs: nothing,
  init: () => ({}),
  apply: (_params, [logits]) => tf.mean(logits!),
  ...changes,
})

/** The training of one weight, its options and data changed. */
const training = (
  changes: Partial<TrainOptions> = {},
  data: (dataset: Dataset) => Partial<Dataset> = () => ({}),
) => {
  const { options, sampler } = oneWeightTraining(
    { count: 3 },
    { epochs: 2, objective: objective(), ...changes },
  )
  const dataset = { ...sampler.dataset, ...data(sampler.dataset) }
  return { stage: train(options), sampler: { ...sampler, dataset, datasetKey: "d9" }, options }
}

const failing = async (...given: Parameters<typeof training>) => {
  const { stage, sampler } = training(...given)
  const { failed, output, events } = await runStage(stage, sampler)
  expect(output).toBeUndefined()
  expect(events).toEqual([])
  return failed!
}

const empty = { count: 0, ids: [], images: new Float32Array(0), masks: new Uint8Array(0) }

describe("train", () => {
  it("gives the weights and the history, and names what it was trained on", async () => {
    const { stage, sampler, options } = training()
    expect(stage.name).toBe("train")
    const { output, events } = await runStage(stage, sampler)
    const { weights, history } = await trained({ options, sampler })
    expect(output!.weights).toEqual(weights)
    expect(output!.history.epochs.map(({ loss }) => loss)).toEqual(history.epochs.map(({ loss }) => loss))
    expect(output!.datasetKey).toBe("d9")
    expect(events.map(({ event }) => event)).toEqual(["step", "step", "epoch", "step", "step", "epoch"])
  })

  it("goes on from the checkpoint, and leaves one behind", async () => {
    const checkpoints = checkpointsInMemory()
    const { stage, sampler } = training()
    await runStage(stage, sampler, { checkpoints })
    expect(checkpoints.written).toHaveLength(2)
    const { events } = await runStage(stage, sampler, {
      checkpoints: checkpointsInMemory(checkpoints.written),
    })
    expect(events).toEqual([{ event: "resumed", epoch: 2 }])
  })

  it("tells its tracer what it spends its time on", async () => {
    const spans = new Set<string>()
    const begin = (name: string) => {
      spans.add(name)
      return () => undefined
    }
    const { stage, sampler } = training()
    await runStage(stage, sampler, { tracer: { begin, operations: () => 0 } })
    expect(spans).toContain("step")
  })

  it("refuses data without training slices", async () => {
    expect(await failing({}, () => ({ train: empty }))).toMatchObject({
      kind: "data",
      problems: [
        {
          path: "load.split",
          message: "there are no slices to train on",
          fix: "raise load.split.train",
        },
      ],
    })
  })

  it("refuses to keep the best epoch without validation foreground, and trains where the last is kept", async () => {
    const without = ({ validation }: Dataset) => ({
      validation: { ...validation, masks: new Uint8Array(64) },
    })
    for (const data of [without, () => ({ validation: empty })])
      expect(await failing({ keep: "best" }, data)).toMatchObject({
        kind: "data",
        problems: [
          {
            path: "train.keep",
            message: "the best epoch cannot be told: no validation slice has foreground",
            fix: "raise load.split.validation, or set train.keep to last",
          },
        ],
      })
    for (const { stage, sampler } of [training({ keep: "best" }), training({}, without)])
      expect((await runStage(stage, sampler)).failed).toBeUndefined()
  })

  it("refuses a loss of two annotators where the training slices have one", async () => {
    const needing = { objective: objective({ needs: secondAnnotator }) }
    const one = ({ train: { second: _, ...train } }: Dataset) => ({ train })
    expect(await failing(needing, one)).toMatchObject({
      kind: "data",
      problems: [
        {
          path: "train.loss",
          message: "the loss needs the second annotator's masks, and the training data have none",
          fix: "choose a loss that needs the expert alone, or a source with a second annotator",
        },
      ],
    })
    const checkpoints = checkpointsInMemory()
    for (const { stage, sampler } of [training(needing), training({}, one)])
      expect((await runStage(stage, sampler, { checkpoints })).failed).toBeUndefined()
    // Not even a training that could go on is begun.
    const { stage, sampler } = training(needing, one)
    const { failed, events } = await runStage(stage, sampler, { checkpoints })
    expect([failed!.kind, events]).toEqual(["data", []])
  })

  it.each([
    [{ rows: 8, columns: 4 }, "8 x 4"],
    [{ rows: 16, columns: 24 }, undefined],
    [{ rows: 12, columns: 8 }, "12 x 8"],
  ])("refuses rows and columns that the network cannot halve: %o", async (size, found) => {
    const { options } = oneWeightTraining({})
    const { stage, sampler } = training({ model: { ...options.model, divisor: 8 } }, ({ train }) => {
      const pixels = size.rows * size.columns
      const slices = { ...train, images: new Float32Array(3 * pixels), masks: new Uint8Array(3 * pixels) }
      return { ...size, train: slices, validation: empty }
    })
    const { failed } = await runStage(stage, sampler)
    if (found === undefined) expect(failed).toBeUndefined()
    else
      expect(failed).toMatchObject({
        kind: "config",
        problems: [
          {
            path: "load.size",
            message: "the network halves the image too often for this size",
            expected: "rows and columns divisible by 8",
            found,
            fix: "change load.size, or lower train.model.depth",
          },
        ],
      })
  })

  it("refuses bfloat16 where the engine has none", async () => {
    expect(await failing({ precision: "bfloat16" })).toMatchObject({
      kind: "environment",
      problems: [{ path: "train.precision", message: "bfloat16 needs the engine tensorflow" }],
    })
  })

  it("blames the loss for what cannot be compiled", async () => {
    const refused = failure("config", { message: "random numbers are drawn outside of the engine" })
    const apply = () => {
      throw refused
    }
    expect(await failing({ objective: objective({ apply }) })).toMatchObject({
      kind: "config",
      problems: [{ path: "train.loss", message: "random numbers are drawn outside of the engine" }],
    })
    const bug = () => {
      throw new TypeError("no logits")
    }
    expect(await failing({ objective: objective({ apply: bug }) })).toMatchObject({ kind: "bug" })
  })
})

describe("ofTheLoss", () => {
  const cause = new Error("cause")

  it("gives each problem of the configuration that has no place that of the loss", () => {
    const failed = new Failure("config", [{ message: "a" }, { message: "b", path: "train.optimizer" }], {
      cause,
    })
    const placed = ofTheLoss(failed)
    expect(placed.kind).toBe("config")
    expect(placed.problems).toEqual([
      { message: "a", path: "train.loss" },
      { message: "b", path: "train.optimizer" },
    ])
    expect(placed.cause).toBe(cause)
  })

  it("leaves other failures as they are", () => {
    const failed = failure("numerics", { message: "a" })
    expect(ofTheLoss(failed)).toBe(failed)
  })
})
