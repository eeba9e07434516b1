import { performance } from "node:perf_hooks"
import * as tf from "@tensorflow/tfjs-core"
import { compile } from "../../engine/compile.ts"
import { upload } from "../../engine/upload.ts"
import { failure } from "../../failure/failure.ts"
import { rootKey } from "../../tensor/randomKey.ts"
import { leaves } from "../../tensor/tree.ts"
import type { Sampler } from "../augment.ts"
import { breathe } from "../breathe.ts"
import type { CellEvent } from "../events.ts"
import { forwardPass } from "../forwardPass.ts"
import { noTracer, span, type Tracer } from "../tracer.ts"
import type { TrainOptions } from "../train.ts"
import { ahead } from "./ahead.ts"
import { batchTensors, epochBatches, joinSamples, type SampleArrays, sampler } from "./batches.ts"
import type { Best, CheckpointFile } from "./checkpoint.ts"
import { distanceMaps } from "./distanceMaps.ts"
import type { Epoch, History } from "./history.ts"
import {
  disposeTrainState,
  initTrainState,
  type NamedArrays,
  type TrainState,
  trainStateFromArrays,
  trainStateToArrays,
} from "./trainState.ts"
import { type Batch, trainStep } from "./trainStep.ts"
import { validationDice } from "./validationDice.ts"

interface Surroundings {
  readonly checkpoints: CheckpointFile
  readonly emit: (event: CellEvent) => void
  readonly signal: AbortSignal
  /** Off unless given. */
  readonly tracer?: Tracer
}

/** Memory for distance maps, at most: those of 2000 slices of 224 x 224 pixels at four scales. */
const distanceBytes = 512 * 2 ** 20

const weightsOf = ({ params, state }: TrainState): NamedArrays => trainStateToArrays({ params, state })

const assertFinite = (name: string, value: number, where: string, slices: readonly string[]): void => {
  if (Number.isFinite(value)) return
  throw failure("numerics", {
    path: "train.loss",
    message: `the ${name} is not finite at ${where}`,
    expected: "a finite number",
    found: `${value}, for the batch of ${slices.join(", ")}`,
    fix: "lower the learning rate, or clip the gradient (optimizer chain with clipByGlobalNorm)",
  })
}

/** The batches of the epochs that are left, each with its place in its epoch. */
function* batchesFrom(first: number, last: number, batchesOf: (epoch: number) => readonly number[][]) {
  for (let epoch = first; epoch <= last; epoch++)
    for (const [i, indices] of batchesOf(epoch).entries()) yield { epoch, indices, i }
}

/** The training loop: epochs of steps, a validation and a checkpoint after each. Yields to the event loop after
 *  every step. The same seed gives the same weights bit for bit on one engine, resumed or not.
 *  Throws Failure("numerics") when the loss or the gradient is not finite, naming the epoch, step and slices. */
export const runEpochs = async (
  options: TrainOptions,
  { dataset, augmentations }: Sampler,
  { checkpoints, emit, signal, tracer = noTracer }: Surroundings,
): Promise<{ readonly weights: NamedArrays; readonly history: History }> => {
  const { model, objective, optimizer, schedule, epochs, batchSize, keep, precision } = options
  const key = rootKey(options.seed)
  const samplerOptions = {
    rows: dataset.rows,
    columns: dataset.columns,
    augmentations,
    needs: objective.needs,
    distances: distanceMaps(distanceBytes),
  }
  const stepsPerEpoch = Math.ceil(dataset.train.count / batchSize)
  const steps = stepsPerEpoch * epochs
  const step = compile(trainStep(model, objective, optimizer), {
    precision,
    onEager: (why) =>
      emit({
        event: "warning",
        message: `the training step runs operation by operation, which is slower: ${why}`,
      }),
  })
  const forward = forwardPass(model)

  let state = initTrainState(model, objective, optimizer, key)
  let gradientNormAtStart = Number.NaN
  let best: Best | null = null
  const history: Epoch[] = []

  const checkpoint = await checkpoints.read()
  if (checkpoint !== undefined) {
    const restored = trainStateFromArrays(state, checkpoint.state)
    disposeTrainState(state)
    state = restored
    gradientNormAtStart = checkpoint.gradientNormAtStart
    best = checkpoint.best
    history.push(...checkpoint.epochs)
    emit({ event: "resumed", epoch: history.length })
  }
  const elapsedBefore = history.at(-1)?.elapsedSeconds ?? 0
  /** Milliseconds of a clock that stands still while a step is profiled: what is told of training is without that. */
  const now = () => performance.now() - profilingMs
  let profilingMs = 0
  const start = now()

  const makeSample = sampler(dataset.train, samplerOptions, key)
  const batches = ahead(
    batchesFrom(history.length + 1, epochs, (epoch) =>
      epochBatches(key, epoch, dataset.train.count, batchSize),
    ),
    async ({ epoch, indices, i }) => {
      const samples: SampleArrays[] = []
      for (const index of indices) {
        // The event loop has its turn between samples: so the end of the step that runs meanwhile is noticed, and what
        // is left to make counts as waiting.
        await breathe(signal)
        samples.push(span(tracer, "prepare a sample", () => makeSample(index, epoch), "next batch"))
      }
      return { indices, arrays: joinSamples(samples), i, count: (epoch - 1) * stepsPerEpoch + i }
    },
  )

  /** One step from the host's numbers to the host's numbers; the new train state replaces the old one. */
  const advance = async (batch: Batch, count: number) => {
    const learningRate = schedule(count, steps)
    const at = {
      progress: tf.scalar(count / steps),
      key: tf.tensor1d([...key.child("step", count).seedPair()], "int32"),
      learningRate: tf.scalar(learningRate),
      step: tf.scalar(count + 1),
    }
    const next = await span(tracer, "step", () => step.aside(state, batch, at))
    profilingMs += tracer.operations("training step", () => step.profile(state, batch, at))
    const [loss, gradientNorm] = span(tracer, "read back", () =>
      [next.loss, next.gradientNorm].map((scalar) => scalar.dataSync<"float32">()[0]),
    )
    disposeTrainState(state)
    state = next.state
    tf.dispose([next.loss, next.gradientNorm, ...Object.values(at), batch.images])
    for (const truth of batch.truths) tf.dispose(Object.values(truth))
    return { loss: loss!, gradientNorm: gradientNorm!, learningRate }
  }

  try {
    while (history.length < epochs) {
      const epoch = history.length + 1
      const endEpoch = tracer.begin("epoch")
      const epochStart = now()
      let sum = 0
      let images = 0
      let learningRate = 0
      let waitedMs = 0
      for (let left = stepsPerEpoch; left > 0; left--) {
        const asked = now()
        const { value } = await span(tracer, "wait for a batch", () => batches.next())
        const { indices, arrays, i, count } = value!
        const batch = span(tracer, "upload", () => {
          const tensors = batchTensors(arrays)
          upload([tensors.images, ...tensors.truths.flatMap((truth) => Object.values(truth))])
          return tensors
        })
        waitedMs += now() - asked
        const result = await advance(batch, count)
        const slices = indices.map((index) => dataset.train.ids[index]!).map((id) => `${id.case}/${id.slice}`)
        const where = `epoch ${epoch}, step ${i + 1}`
        assertFinite("loss", result.loss, where, slices)
        assertFinite("gradient's norm", result.gradientNorm, where, slices)
        if (count === 0) gradientNormAtStart = result.gradientNorm
        sum += result.loss * indices.length
        images += indices.length
        learningRate = result.learningRate
        const imagesPerSecond = images / ((now() - epochStart) / 1000)
        emit({ event: "step", epoch, epochs, share: (count + 1) / steps, loss: result.loss, imagesPerSecond })
        await breathe(signal)
      }
      const seconds = (now() - epochStart) / 1000
      const network = { forward, params: state.params, state: state.state }
      const record: Epoch = {
        epoch,
        loss: sum / images,
        validationDice: await span(tracer, "validation", () =>
          validationDice(network, dataset, { batchSize, signal }),
        ),
        learningRate,
        imagesPerSecond: images / seconds,
        waitingShare: waitedMs / 1000 / seconds,
        elapsedSeconds: elapsedBefore + (now() - start) / 1000,
      }
      history.push(record)
      const dice = record.validationDice
      if (keep === "best" && dice !== null && (best === null || dice > best.validationDice))
        best = { epoch, validationDice: dice, weights: weightsOf(state) }
      await span(tracer, "checkpoint", () =>
        checkpoints.write({ state: trainStateToArrays(state), epochs: history, gradientNormAtStart, best }),
      )
      emit({ event: "epoch", epochs, ...record })
      endEpoch()
    }
    const parameterCount = leaves<tf.Tensor>(state.params).reduce((sum, [, leaf]) => sum + leaf.size, 0)
    return {
      weights: best?.weights ?? weightsOf(state),
      history: { epochs: history, keptEpoch: best?.epoch ?? epochs, gradientNormAtStart, parameterCount },
    }
  } finally {
    disposeTrainState(state)
  }
}
