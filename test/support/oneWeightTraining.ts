import * as tf from "@tensorflow/tfjs-core"
import type { Augmentation } from "../../src/augmentations/augmentation.ts"
import type { SliceSet } from "../../src/data/dataset/dataset.ts"
import { nothing } from "../../src/losses/loss.ts"
import type { Objective } from "../../src/losses/objective.ts"
import type { Model } from "../../src/models/model.ts"
import { constant } from "../../src/optimizers/schedules/constant.ts"
import { sgd } from "../../src/optimizers/sgd.ts"
import type { Transform } from "../../src/optimizers/transform.ts"
import type { Sampler } from "../../src/stages/augment.ts"
import type { CellEvent } from "../../src/stages/events.ts"
import { noTracer, type Tracer } from "../../src/stages/tracer.ts"
import type { TrainOptions } from "../../src/stages/train.ts"
import type { Checkpoint, CheckpointFile } from "../../src/stages/training/checkpoint.ts"
import { runEpochs } from "../../src/stages/training/runEpochs.ts"
import { discs } from "./dataset.ts"

/** Rows and columns of every slice. */
const side = 8
const pixels = side * side

/** What one step of training was given. */
export interface SeenStep {
  /** First and last pixel of each slice of the batch. */
  readonly slices: readonly (readonly [first: number, last: number])[]
  /** Pixels of foreground in each full mask of the batch. */
  readonly masks: readonly number[]
  readonly progress: number
  readonly key: readonly number[]
  readonly learningRate: number
  readonly step: number
  /** Of the network, before the step. */
  readonly weight: number
}

const numbers = (tensor: tf.Tensor): number[] => [...tensor.dataSync<"float32">()]

/** Slice i shows i + 1 in every pixel, and i + 1 pixels of its mask are foreground; two slices of each case. */
const countedSlices = (count: number): SliceSet => {
  const of = <A extends Float32Array | Uint8Array>(
    array: A,
    value: (slice: number, pixel: number) => number,
  ) => array.map((_, i) => value(Math.floor(i / pixels), i % pixels)) as A
  return {
    count,
    ids: Array.from({ length: count }, (_, i) => ({ case: `case_${i >> 1}`, slice: i & 1 })),
    images: of(new Float32Array(count * pixels), (slice) => slice + 1),
    masks: of(new Uint8Array(count * pixels), (slice, pixel) => +(pixel <= slice)),
    second: of(new Uint8Array(count * pixels), (slice, pixel) => +(pixel <= slice + 1)),
  }
}

/** One validation slice, whose first row is foreground, or one without any. */
const validationSlice = (foreground: boolean): SliceSet => ({
  count: 1,
  ids: [{ case: "validation", slice: 0 }],
  images: new Float32Array(pixels),
  masks: new Uint8Array(pixels).fill(foreground ? 1 : 0, 0, side),
})

/** The Dice of a network that marks so many pixels of the validation slice's first row. */
export const diceOfMarked = (marked: number): number => (2 * marked) / (marked + side)

export interface OneWeightTraining {
  readonly count?: number
  /** How many pixels of the validation slice the network marks after each epoch; all of the row unless given. */
  readonly marked?: readonly number[]
  readonly validation?: "foreground" | "none"
  readonly augmentations?: readonly Augmentation[]
  /** Called when the network is applied. */
  readonly onApply?: (training: boolean) => void
}

/** A training that can be worked out by hand: a network of one weight w, 2 at first, which makes logits w x of an image
 *  x, and the mean logit for a loss. So the loss of a batch is w m, where m is the mean of the batch's pixels, its
 *  gradient is m, and plain descent makes w - rate m of w. The network's state counts its steps. */
export const oneWeightTraining = (
  {
    count = 5,
    marked,
    validation = "foreground",
    augmentations = [],
    onApply = () => undefined,
  }: OneWeightTraining,
  changes: Partial<TrainOptions> = {},
) => {
  const seen: SeenStep[] = []
  let half: Partial<SeenStep> = {}
  const given = { epochs: 2, batchSize: 2, ...changes }
  const stepsPerEpoch = Math.ceil(count / given.batchSize)

  const model: Model = {
    divisor: 1,
    shapes: { "params/weight": [], "state/steps": [] },
    init: () => ({ params: { weight: tf.scalar(2) }, state: { steps: tf.scalar(0) } }),
    apply: (params, state, x, mode) => {
      const [weight, steps] = [params.weight as tf.Scalar, state.steps as tf.Scalar]
      onApply(mode.training)
      if (mode.training) {
        const values = numbers(x)
        const slices = Array.from(
          { length: x.shape[0] },
          (_, i) => [values[i * pixels]!, values[(i + 1) * pixels - 1]!] as const,
        )
        half = { slices, weight: numbers(weight)[0]! }
        return { outputs: [tf.mul(x, weight)], state: { steps: tf.add(steps, 1) } }
      }
      const most = marked?.[numbers(steps)[0]! / stepsPerEpoch - 1] ?? side
      const logits = tf.tensor4d(
        Float32Array.from({ length: x.size }, (_, i) => (i % pixels < most ? 1 : -1)),
        x.shape,
      )
      return { outputs: [logits], state }
    },
  }
  const objective: Objective = {
    needs: nothing,
    init: () => ({}),
    apply: (_params, [logits], truths, at) => {
      const foreground = numbers(tf.sum(truths[0]!.mask, [1, 2, 3]))
      half = { ...half, masks: foreground, progress: numbers(at.progress)[0]!, key: [...at.key.dataSync()] }
      return tf.mean(logits!)
    },
  }
  const inner = given.optimizer ?? sgd({ momentum: 0 })
  const optimizer: Transform = {
    init: inner.init,
    update: (gradients, slots, params, at) => {
      const [learningRate, step] = [numbers(at.learningRate)[0]!, numbers(at.step)[0]!]
      seen.push({ ...half, learningRate, step } as SeenStep)
      return inner.update(gradients, slots, params, at)
    },
  }

  const options: TrainOptions = {
    model,
    objective,
    schedule: constant({ learningRate: 0.25 }),
    keep: "last",
    precision: "float32",
    seed: 3,
    ...given,
    optimizer,
  }
  const sampler: Sampler = {
    dataset: {
      ...discs({ size: side, train: 1, test: 1, each: 1 }),
      train: countedSlices(count),
      validation: validationSlice(validation === "foreground"),
    },
    datasetKey: "d",
    augmentations,
  }
  return { options, sampler, seen, stepsPerEpoch, steps: stepsPerEpoch * given.epochs }
}

/** Checkpoints in memory: all that were written, the last of which is read. */
export interface CheckpointsInMemory extends CheckpointFile {
  readonly written: Checkpoint[]
}

export const checkpointsInMemory = (before: readonly Checkpoint[] = []): CheckpointsInMemory => {
  const written = [...before]
  return {
    written,
    read: () => Promise.resolve(structuredClone(written.at(-1))),
    write: (checkpoint) => {
      written.push(structuredClone(checkpoint))
      return Promise.resolve()
    },
  }
}

/** Trains, from the last checkpoint when there is one: what comes of it, and what it told. */
export const trained = async (
  { options, sampler }: Pick<ReturnType<typeof oneWeightTraining>, "options" | "sampler">,
  checkpoints: CheckpointFile = checkpointsInMemory(),
  {
    onEvent = () => undefined,
    tracer = noTracer,
  }: { readonly onEvent?: (event: CellEvent, stop: () => void) => void; readonly tracer?: Tracer } = {},
) => {
  const events: CellEvent[] = []
  const controller = new AbortController()
  const emit = (event: CellEvent) => {
    events.push(event)
    onEvent(event, () => controller.abort())
  }
  const outcome = await runEpochs(options, sampler, { checkpoints, emit, signal: controller.signal, tracer })
  return { ...outcome, events }
}
