import * as tf from "@tensorflow/tfjs-core"
import type { Augmentation, Sample } from "../../augmentations/augmentation.ts"
import { compose } from "../../augmentations/compose.ts"
import type { SliceSet } from "../../data/dataset/dataset.ts"
import { failure } from "../../failure/failure.ts"
import type { Needs } from "../../losses/loss.ts"
import type { Key } from "../../tensor/randomKey.ts"
import { ShapeError } from "../../tensor/shape.ts"
import { type DistanceMaps, distanceMaps } from "./distanceMaps.ts"
import { maskPyramid } from "./maskPyramid.ts"
import type { Batch } from "./trainStep.ts"

/** Truths are built at full resolution, 1/2, 1/4 and 1/8. */
const scaleCount = 4

/** Indices of each batch of one epoch, in the epoch's random order.
 *  Every slice comes once: the last batch is smaller when the batch size does not divide the count. A last batch of
 *  one is kept, too: batch norm normalises over rows and columns as well, so that even one slice has many values.
 *  @param epoch any number that names it: the order depends on it and the key alone */
export const epochBatches = (key: Key, epoch: number, count: number, batchSize: number): number[][] => {
  const order = key
    .child("epoch", epoch)
    .draws()
    .shuffle(Array.from({ length: count }, (_, i) => i))
  return Array.from({ length: Math.ceil(count / batchSize) }, (_, i) =>
    order.slice(i * batchSize, (i + 1) * batchSize),
  )
}

export interface SamplerOptions {
  readonly rows: number
  readonly columns: number
  /** Applied in this order. */
  readonly augmentations: readonly Augmentation[]
  readonly needs: Needs
  /** Where distance maps come from, one for all batches of a training set; keeps none unless given. */
  readonly distances?: DistanceMaps
}

/** Truth of one scale, off the engine: each [B, rows / 2^i, columns / 2^i, 1]. */
export interface TruthArrays {
  readonly rows: number
  readonly columns: number
  readonly mask: Float32Array
  readonly second?: Float32Array
  readonly distance?: Float32Array
}

/** A batch off the engine. */
export interface BatchArrays {
  readonly size: number
  /** [B, rows, columns, 1] */
  readonly images: Float32Array
  /** Full resolution first. */
  readonly truths: readonly TruthArrays[]
}

/** One augmented slice, with its truths; full resolution first. */
export interface SampleArrays {
  readonly rows: number
  readonly columns: number
  readonly image: Float32Array
  readonly masks: readonly Uint8Array[]
  readonly seconds: readonly Uint8Array[] | null
  readonly distances: readonly Float32Array[] | null
}

/** Makes augmented slices with the truths of every scale.
 *  What comes of a slice depends on the key, the epoch and the slice alone: not on the batch it is in. A coarse mask is
 *  1 where at least half of its block of the augmented full mask is. What the objective does not need is left out. */
export const sampler = (
  set: SliceSet,
  { rows, columns, augmentations, needs, distances = distanceMaps(0) }: SamplerOptions,
  key: Key,
): ((index: number, epoch: number) => SampleArrays) => {
  const coarsest = 2 ** (scaleCount - 1)
  if (rows % coarsest !== 0 || columns % coarsest !== 0)
    throw new ShapeError("sampler", `rows and columns divisible by ${coarsest}`, [rows, columns])
  if (needs.second && set.second === undefined)
    throw failure("data", {
      message: "the loss needs the second annotator's masks, and the training data have none",
      path: "train.loss",
      fix: "choose a loss that needs the expert alone, or a source with a second annotator",
    })

  const pixels = rows * columns
  const slice = <A extends Float32Array | Uint8Array>(array: A, index: number): A =>
    array.subarray(index * pixels, (index + 1) * pixels) as A
  const augment = compose(augmentations)

  return (index, epoch) => {
    const { case: name, slice: number } = set.ids[index]!
    const original = slice(set.masks, index)
    const sample: Sample = augment(key.child("epoch", epoch).child("case", name, number).draws(), {
      rows,
      columns,
      image: slice(set.images, index),
      mask: original,
      ...(needs.second ? { second: slice(set.second!, index) } : {}),
    })
    const masks = maskPyramid(sample.mask, rows, columns, scaleCount)
    const atScales = masks.map((data, scale) => ({ shape: [rows >> scale, columns >> scale], data }))
    return {
      rows,
      columns,
      image: sample.image,
      masks,
      seconds: needs.second ? maskPyramid(sample.second!, rows, columns, scaleCount) : null,
      // An augmentation hands on the very array that it does not change.
      distances: needs.distance ? distances(atScales, sample.mask === original ? index : null) : null,
    }
  }
}

/** Samples of one size as a batch. */
export const joinSamples = (samples: readonly SampleArrays[]): BatchArrays => {
  const { rows, columns, seconds, distances } = samples[0]!
  const truths = Array.from(
    { length: scaleCount },
    (_, scale): TruthArrays => ({
      rows: rows >> scale,
      columns: columns >> scale,
      mask: joined(samples.map(({ masks }) => masks[scale]!)),
      ...(seconds === null ? {} : { second: joined(samples.map((sample) => sample.seconds![scale]!)) }),
      ...(distances === null ? {} : { distance: joined(samples.map((sample) => sample.distances![scale]!)) }),
    }),
  )
  return { size: samples.length, images: joined(samples.map(({ image }) => image)), truths }
}

/** The batch of these slices. */
export const makeBatch = (
  set: SliceSet,
  indices: readonly number[],
  options: SamplerOptions,
  key: Key,
  epoch: number,
): BatchArrays => {
  const make = sampler(set, options, key)
  return joinSamples(indices.map((index) => make(index, epoch)))
}

/** The batch on the engine. The caller disposes it. */
export const batchTensors = ({ size, images, truths }: BatchArrays): Batch => {
  const tensor = (array: Float32Array, { rows, columns }: { rows: number; columns: number }) =>
    tf.tensor4d(array, [size, rows, columns, 1])
  return {
    images: tensor(images, truths[0]!),
    truths: truths.map((truth) => ({
      mask: tensor(truth.mask, truth),
      ...(truth.second === undefined ? {} : { second: tensor(truth.second, truth) }),
      ...(truth.distance === undefined ? {} : { distance: tensor(truth.distance, truth) }),
    })),
  }
}

const joined = (arrays: readonly (Float32Array | Uint8Array)[]): Float32Array => {
  const each = arrays[0]?.length ?? 0
  const result = new Float32Array(each * arrays.length)
  for (const [i, array] of arrays.entries()) result.set(array, i * each)
  return result
}
