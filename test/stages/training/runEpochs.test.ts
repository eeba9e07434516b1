import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { flip } from "../../../src/augmentations/flip.ts"
import { aleatoric } from "../../../src/losses/aleatoric.ts"
import { bce } from "../../../src/losses/bce.ts"
import { fullResolution } from "../../../src/losses/objective.ts"
import { uncertaintySum } from "../../../src/losses/uncertaintySum.ts"
import { weighted } from "../../../src/losses/weighted.ts"
import { unet } from "../../../src/models/unet.ts"
import { constant } from "../../../src/optimizers/schedules/constant.ts"
import { polynomial } from "../../../src/optimizers/schedules/polynomial.ts"
import { sgd } from "../../../src/optimizers/sgd.ts"
import type { CellEvent } from "../../../src/stages/events.ts"
import type { TrainOptions } from "../../../src/stages/train.ts"
import type { CheckpointFile } from "../../../src/stages/training/checkpoint.ts"
import { runEpochs } from "../../../src/stages/training/runEpochs.ts"
import { discs } from "../../support/dataset.ts"
import { useJavascriptEngine } from "../../support/engine.ts"
import { checkpointsInMemory } from "../../support/oneWeightTraining.ts"

beforeAll(useJavascriptEngine)

const options: TrainOptions = {
  model: unet({ depth: 3, baseWidth: 2, batchNorm: true }),
  objective: fullResolution(bce()),
  optimizer: sgd({ momentum: 0.9, weightDecay: 0.0001 }),
  schedule: polynomial({ learningRate: 0.1, power: 0.9 }),
  epochs: 3,
  batchSize: 4,
  keep: "last",
  precision: "float32",
  seed: 5,
}

const sampler = {
  dataset: discs(),
  datasetKey: "d",
  augmentations: [flip({ axis: "columns", probability: 0.5 })],
}

const surroundings = (checkpoints: CheckpointFile = checkpointsInMemory()) => {
  const controller = new AbortController()
  const events: CellEvent[] = []
  return {
    controller,
    events,
    given: { checkpoints, emit: (event: CellEvent) => void events.push(event), signal: controller.signal },
  }
}

const losses = (events: readonly CellEvent[]) =>
  events.flatMap((event) => (event.event === "epoch" ? [event.loss] : []))

describe("runEpochs", () => {
  it("lowers the loss, reports every epoch and leaves no tensors behind", async () => {
    const { given, events } = surroundings()
    const before = tf.memory().numTensors
    const { history, weights } = await runEpochs(options, sampler, given)
    expect(tf.memory().numTensors).toBe(before)
    expect(history.epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3])
    expect(history.epochs[2]!.loss).toBeLessThan(history.epochs[0]!.loss)
    expect(history.gradientNormAtStart).toBeGreaterThan(0)
    expect(losses(events)).toEqual(history.epochs.map(({ loss }) => loss))
    expect(Object.keys(weights).some((path) => path.startsWith("state/"))).toBe(true)
  })

  it.each<[string, TrainOptions]>([
    ["", options],
    [
      ", random draws of network and loss included",
      {
        ...options,
        model: unet({ depth: 3, baseWidth: 2, dropout: 0.5 }),
        objective: fullResolution(aleatoric({ sigma: 1, samples: 3 })),
        epochs: 2,
      },
    ],
  ])("gives the same weights bit for bit when it is stopped and resumed%s", async (_, options) => {
    const whole = await runEpochs(options, sampler, surroundings().given)
    const checkpoints = checkpointsInMemory()
    const first = surroundings(checkpoints)
    const stopping = {
      ...first.given,
      emit: (event: CellEvent) => {
        // In the middle of the second epoch: what it did is lost, and done again.
        if (event.event === "step" && event.epoch === 2) first.controller.abort()
      },
    }
    await expect(runEpochs(options, sampler, stopping)).rejects.toMatchObject({ kind: "interrupted" })
    expect(checkpoints.written.at(-1)?.epochs).toHaveLength(1)
    const second = surroundings(checkpoints)
    const resumed = await runEpochs(options, sampler, second.given)
    expect(second.events[0]).toEqual({ event: "resumed", epoch: 1 })
    expect(resumed.weights).toEqual(whole.weights)
    expect(resumed.history.epochs.map(({ loss }) => loss)).toEqual(
      whole.history.epochs.map(({ loss }) => loss),
    )
  })

  it("trains the objective's own parameters, and resumes with them", async () => {
    const learning = uncertaintySum([bce(), weighted(bce(), 4)])
    const learningOptions = {
      ...options,
      objective: fullResolution(learning),
      // A rate that does not depend on the number of epochs, so that one epoch is the first of two.
      schedule: constant({ learningRate: 0.05 }),
      epochs: 2,
    }
    const path = "objective/logVariances"
    const whole = checkpointsInMemory()
    await runEpochs(learningOptions, sampler, surroundings(whole).given)
    // Cross-entropy near log 2: the first s falls (slope 1 - log 2), the second rises (slope 1 - 4 log 2).
    const learned = whole.written.at(-1)!.state[path]!.data
    expect(learned[0]).toBeLessThan(-0.01)
    expect(learned[1]).toBeGreaterThan(0.1)

    const checkpoints = checkpointsInMemory()
    await runEpochs({ ...learningOptions, epochs: 1 }, sampler, surroundings(checkpoints).given)
    expect(checkpoints.written.at(-1)!.state[path]!.data).not.toEqual(learned)
    await runEpochs(learningOptions, sampler, surroundings(checkpoints).given)
    expect(checkpoints.written.at(-1)!.state).toEqual(whole.written.at(-1)!.state)
  })

  it("is another training with another seed", async () => {
    const one = await runEpochs({ ...options, epochs: 1 }, sampler, surroundings().given)
    const two = await runEpochs({ ...options, epochs: 1, seed: 6 }, sampler, surroundings().given)
    expect(one.weights).not.toEqual(two.weights)
  })
})
