import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import type { OperationTime } from "../../../src/engine/tensorflow/stepStats.ts"
import { aleatoric } from "../../../src/losses/aleatoric.ts"
import { fullResolution } from "../../../src/losses/objective.ts"
import { unet } from "../../../src/models/unet.ts"
import { adam } from "../../../src/optimizers/adam.ts"
import { constant } from "../../../src/optimizers/schedules/constant.ts"
import type { Tracer } from "../../../src/stages/tracer.ts"
import { runEpochs } from "../../../src/stages/training/runEpochs.ts"
import { discs } from "../../support/dataset.ts"
import { useJavascriptEngine } from "../../support/engine.ts"
import { useTensorflowEngine, whyNoTensorflow } from "../../support/tensorflow.ts"

/** Random draws of network and loss included: a profile that took one would change all that come after. */
const train = (tracer?: Tracer) =>
  runEpochs(
    {
      model: unet({ depth: 3, baseWidth: 2, dropout: 0.5 }),
      objective: fullResolution(aleatoric({ sigma: 1, samples: 3 })),
      optimizer: adam({}),
      schedule: constant({ learningRate: 0.01 }),
      epochs: 2,
      batchSize: 4,
      keep: "last",
      precision: "float32",
      seed: 5,
    },
    { dataset: discs(), datasetKey: "d", augmentations: [] },
    {
      checkpoints: { read: () => Promise.resolve(undefined), write: () => Promise.resolve() },
      emit: () => undefined,
      signal: new AbortController().signal,
      ...(tracer && { tracer }),
    },
  )

/** Trains with a tracer that asks for the operations of every step. */
const profiled = async () => {
  const spans: string[] = []
  const operations: (readonly OperationTime[] | null)[] = []
  const begin: Tracer["begin"] = (name) => {
    spans.push(name)
    return () => undefined
  }
  const trained = await train({
    begin,
    operations: (_, profile) => {
      operations.push(profile())
      return 0
    },
  })
  return { trained, spans, operations }
}

/** One training without a tracer and one with, for all tests of an engine. */
let plain: Awaited<ReturnType<typeof train>>
let observed: Awaited<ReturnType<typeof profiled>>
let tensorsLeft: number

const trainBoth = async () => {
  const before = tf.memory().numTensors
  plain = await train()
  observed = await profiled()
  tensorsLeft = tf.memory().numTensors - before
}

/** What holds on every engine. */
const everyEngine = () => {
  it("gives the same weights and losses bit for bit, profiled or not", () => {
    expect(observed.trained.weights).toEqual(plain.weights)
    const losses = ({ history }: typeof plain) => history.epochs.map(({ loss }) => loss)
    expect(losses(observed.trained)).toEqual(losses(plain))
  })

  it("leaves no tensors behind", () => {
    expect(tensorsLeft).toBe(0)
  })

  it("tells every part of an epoch", () => {
    const count = (name: string) => observed.spans.filter((one) => one === name).length
    // Two epochs of 6 slices, in batches of 4.
    expect(count("prepare a sample")).toBe(12)
    for (const name of ["wait for a batch", "upload", "step", "read back"]) expect(count(name), name).toBe(4)
    for (const name of ["epoch", "validation", "checkpoint"]) expect(count(name), name).toBe(2)
  })
}

describe("a training on the JavaScript engine", () => {
  beforeAll(async () => {
    await useJavascriptEngine()
    await trainBoth()
  })
  everyEngine()

  it("has no operations to tell", () => {
    expect(observed.operations).toEqual([null, null, null, null])
  })
})

describe.skipIf(whyNoTensorflow !== null)("a training on the TensorFlow engine", () => {
  beforeAll(async () => {
    await useTensorflowEngine()
    await trainBoth()
  })
  everyEngine()

  it("tells convolutions among the operations", () => {
    expect(observed.operations).toHaveLength(4)
    for (const times of observed.operations)
      expect(times!.some(({ operation }) => operation.includes("Conv2D"))).toBe(true)
  })
})
