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

/** Augmented slices with the truths of every scale.
 *  A sample's augmentation depends on the key, the epoch and the slice alone: not on the batch it is in. A coarse
 *  mask is 1 where at least half of its block of the augmented full mask is. What the objective does not need is
 *  left out. */
export const makeBatch = (
  set: SliceSet,
  indices: readonly number[],
  { rows, columns, augmentations, needs, distances = distanceMaps(0) }: SamplerOptions,
  key: Key,
  epoch: number,
): BatchArrays => {
  const coarsest = 2 ** (scaleCount - 1)
  if (rows % coarsest !== 0 || columns % coarsest !== 0)
    throw new ShapeError("makeBatch", `rows and columns divisible by ${coarsest}`, [rows, columns])
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

  const originals = indices.map((index) => slice(set.masks, index))
  const samples = indices.map((index, i): Sample => {
    const { case: name, slice: number } = set.ids[index]!
    const draws = key.child("epoch", epoch).child("case", name, number).draws()
    return augment(draws, {
      rows,
      columns,
      image: slice(set.images, index),
      mask: originals[i]!,
      ...(needs.second ? { second: slice(set.second!, index) } : {}),
    })
  })

  const sizes = Array.from({ length: scaleCount }, (_, scale) => ({
    rows: rows >> scale,
    columns: columns >> scale,
  }))
  /** [sample][scale] */
  const masks = samples.map(({ mask }) => maskPyramid(mask, rows, columns, scaleCount))
  const distancesOf = (data: readonly Uint8Array[], i: number): readonly Float32Array[] =>
    distances(
      data.map((bits, scale) => ({ shape: [sizes[scale]!.rows, sizes[scale]!.columns], data: bits })),
      // An augmentation hands on the very array that it does not change.
      samples[i]!.mask === originals[i] ? indices[i]! : null,
    )
  const maps = needs.distance ? masks.map(distancesOf) : null
  const seconds = needs.second
    ? samples.map(({ second }) => maskPyramid(second!, rows, columns, scaleCount))
    : null
  const ofScale = <A>(samples: readonly (readonly A[])[], scale: number) =>
    samples.map((scales) => scales[scale]!)
  const truths = sizes.map(
    (size, scale): TruthArrays => ({
      ...size,
      mask: joined(ofScale(masks, scale)),
      ...(seconds === null ? {} : { second: joined(ofScale(seconds, scale)) }),
      ...(maps === null ? {} : { distance: joined(ofScale(maps, scale)) }),
    }),
  )
  return { size: samples.length, images: joined(samples.map((sample) => sample.image)), truths }
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
