import * as tf from "@tensorflow/tfjs-core"
import fc from "fast-check"
import { beforeAll, describe, expect, it } from "vitest"
import type { Augmentation } from "../../../src/augmentations/augmentation.ts"
import { flip } from "../../../src/augmentations/flip.ts"
import { gamma } from "../../../src/augmentations/gamma.ts"
import { intensity } from "../../../src/augmentations/intensity.ts"
import { rotation } from "../../../src/augmentations/rotation.ts"
import type { SliceSet } from "../../../src/data/dataset/dataset.ts"
import { nothing, secondAnnotator } from "../../../src/losses/loss.ts"
import { signedDistance } from "../../../src/metrics/signedDistance.ts"
import { batchTensors, epochBatches, makeBatch } from "../../../src/stages/training/batches.ts"
import { type DistanceMaps, distanceMaps } from "../../../src/stages/training/distanceMaps.ts"
import { maskPyramid } from "../../../src/stages/training/maskPyramid.ts"
import { rootKey } from "../../../src/tensor/randomKey.ts"
import { useJavascriptEngine } from "../../support/engine.ts"

beforeAll(useJavascriptEngine)

const key = rootKey(5)

/** Slices of 8 x 16 pixels with random content. */
const randomSet = (count: number): SliceSet => {
  const draws = rootKey(9).draws()
  const bits = () => Uint8Array.from({ length: count * 128 }, () => draws.index(2))
  return {
    count,
    ids: Array.from({ length: count }, (_, i) => ({ case: `p${i >> 1}`, slice: i & 1 })),
    images: Float32Array.from({ length: count * 128 }, draws.uniform),
    masks: bits(),
    second: bits(),
  }
}

const options = {
  rows: 8,
  columns: 16,
  augmentations: [] as readonly Augmentation[],
  needs: secondAnnotator,
}

describe("epochBatches", () => {
  it("keeps a smaller last batch", () => {
    expect(epochBatches(key, 0, 7, 3).map((batch) => batch.length)).toEqual([3, 3, 1])
  })

  it("gives every slice once, in an order of its own for each epoch, the same again for the same key", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(),
        (count, size, seed) => {
          const order = epochBatches(rootKey(seed), 3, count, size)
          expect(order.flat().toSorted((a, b) => a - b)).toEqual([...Array(count).keys()])
          expect(epochBatches(rootKey(seed), 3, count, size)).toEqual(order)
        },
      ),
    )
    // The order is the key's, for the epoch alone.
    const shuffled = key
      .child("epoch", 1)
      .draws()
      .shuffle([...Array(40).keys()])
    expect(epochBatches(key, 1, 40, 8).flat()).toEqual(shuffled)
    expect(epochBatches(key, 1, 40, 7).flat()).toEqual(shuffled)
    expect(epochBatches(key, 0, 40, 8)).not.toEqual(epochBatches(key, 1, 40, 8))
  })
})

describe("makeBatch", () => {
  it("puts the slices one after the other and halves the masks by majority", () => {
    const set = randomSet(3)
    // Slice 1: rows 0 and 1 of the mask are 1 1 0 0 1 0 ... and 1 0 0 1 0 0 ...
    set.masks.fill(0, 128, 256)
    set.masks.set([1, 1, 0, 0, 1, 0], 128)
    set.masks.set([1, 0, 0, 1, 0, 0], 144)
    const { size, images, truths } = makeBatch(set, [2, 1], options, key, 0)
    expect(size).toBe(2)
    expect(images).toEqual(
      Float32Array.of(...set.images.subarray(256, 384), ...set.images.subarray(128, 256)),
    )
    expect(truths.map(({ rows, columns }) => [rows, columns])).toEqual([
      [8, 16],
      [4, 8],
      [2, 4],
      [1, 2],
    ])
    expect(truths[0]!.mask.subarray(128)).toEqual(Float32Array.from(set.masks.subarray(128, 256)))
    // Blocks of 2 x 2 hold 3, 1 and 1 pixels; the 4 x 4 block holds 4 of 16, under one half.
    expect([...truths[1]!.mask.subarray(32, 36)]).toEqual([1, 0, 0, 0])
    expect(truths[2]!.mask[8]).toBe(0)
  })

  it("counts exactly one half as foreground", () => {
    const set = randomSet(1)
    set.masks.fill(0)
    set.masks.set([1, 1]) // the first 2 x 2 block: two of four
    expect(makeBatch(set, [0], options, key, 0).truths[1]!.mask[0]).toBe(1)
  })

  it("builds the second annotator's truths and distances only when they are needed", () => {
    const set = randomSet(2)
    const [bare] = makeBatch(set, [0], { ...options, needs: nothing }, key, 0).truths
    expect(Object.keys(bare!)).toEqual(["rows", "columns", "mask"])
    const [full] = makeBatch(set, [0], { ...options, needs: { second: true, distance: true } }, key, 0).truths
    expect(full!.second).toEqual(Float32Array.from(set.second!.subarray(0, 128)))
    expect([...full!.distance!].every((distance, i) => distance > 0 === (full!.mask[i] === 0))).toBe(true)
  })

  it("makes masks, second masks and distances of every scale from the slice's own rows and columns", () => {
    const set = randomSet(3)
    const needs = { second: true, distance: true }
    const { truths } = makeBatch(set, [2, 0], { ...options, needs }, key, 0)
    const expected = (masks: Uint8Array, scale: number): Uint8Array => maskPyramid(masks, 8, 16, 4)[scale]!
    for (const [scale, { mask, second, distance }] of truths.entries()) {
      const shape = [8 >> scale, 16 >> scale]
      const each = [2, 0].map((index) => {
        const [first, last] = [128 * index, 128 * (index + 1)]
        return {
          mask: expected(set.masks.subarray(first, last), scale),
          second: expected(set.second!.subarray(first, last), scale),
        }
      })
      expect([...mask]).toEqual(each.flatMap((one) => [...one.mask]))
      expect([...second!]).toEqual(each.flatMap((one) => [...one.second]))
      expect([...distance!]).toEqual(each.flatMap((one) => [...signedDistance({ shape, data: one.mask })]))
    }
  })

  it("keeps distance maps of slices whose masks no augmentation moves, without changing a number", () => {
    const set = randomSet(4)
    const kept = distanceMaps(1e6)
    const asked: (number | null)[] = []
    const distances: DistanceMaps = (masks, slice) => {
      asked.push(slice)
      return kept(masks, slice)
    }
    const slices = [2, 0, 3]
    const batch = (augmentations: readonly Augmentation[], epoch: number, cached = true) => {
      const needing = { ...options, augmentations, needs: { second: false, distance: true } }
      return makeBatch(set, slices, cached ? { ...needing, distances } : needing, key, epoch)
    }
    const still = [gamma({ probability: 1 }), intensity({ probability: 1 })]
    const moving = [...still, flip({ axis: "rows", probability: 1 })]
    for (const augmentations of [still, moving, still])
      expect(batch(augmentations, 7)).toEqual(batch(augmentations, 7, false))
    expect(asked).toEqual([...slices, null, null, null, ...slices])
  })

  it("says what is missing, and what does not fit", () => {
    const { second: _, ...set } = randomSet(1)
    expect(() => makeBatch(set, [0], options, key, 0)).toThrow(
      expect.objectContaining({
        kind: "data",
        problems: [
          {
            path: "train.loss",
            message: "the loss needs the second annotator's masks, and the training data have none",
            fix: "choose a loss that needs the expert alone, or a source with a second annotator",
          },
        ],
      }),
    )
    expect(makeBatch(set, [0], { ...options, needs: nothing }, key, 0).size).toBe(1)
    for (const size of [
      { rows: 4, columns: 16 },
      { rows: 8, columns: 12 },
    ])
      expect(() => makeBatch(set, [0], { ...options, ...size }, key, 0)).toThrow(
        `sampler: expected shape rows and columns divisible by 8, got [${size.rows}, ${size.columns}]`,
      )
  })

  it("draws for a slice by key, epoch, case and slice alone, and for no two alike", () => {
    const drawing = {
      ...options,
      augmentations: [0, 1].map(
        (at): Augmentation =>
          (draws, sample) => ({ ...sample, image: sample.image.with(at, draws.uniform()) }),
      ),
    }
    const set = randomSet(6)
    const found = [2, 3].flatMap((epoch) => {
      const { images } = makeBatch(set, [5, 0, 1, 2], drawing, key, epoch)
      return [0, 1, 2, 3].map((i) => [...images.subarray(128 * i, 128 * i + 2)])
    })
    const expected = [2, 3].flatMap((epoch) =>
      [
        ["p2", 1],
        ["p0", 0],
        ["p0", 1],
        ["p1", 0],
      ].map(([name, slice]) => {
        const draws = key.child("epoch", epoch).child("case", name!, slice!).draws()
        return [Math.fround(draws.uniform()), Math.fround(draws.uniform())]
      }),
    )
    expect(found).toEqual(expected)
    expect(new Set(found.map(String)).size).toBe(8)
  })

  it("augments a slice in the same way, whatever batch it is in", () => {
    const set = randomSet(6)
    const turning = {
      ...options,
      augmentations: [flip({ axis: "rows" }), rotation({ maxDegrees: 40, probability: 1 })],
    }
    const alone = makeBatch(set, [4], turning, key, 2)
    const together = makeBatch(set, [1, 4, 0], turning, key, 2)
    expect(together.images.subarray(128, 256)).toEqual(alone.images)
    expect(together.truths[1]!.second!.subarray(32, 64)).toEqual(alone.truths[1]!.second)
    expect(makeBatch(set, [4], turning, key, 3).images).not.toEqual(alone.images)
    expect(makeBatch(set, [4], turning, rootKey(6), 2).images).not.toEqual(alone.images)
  })
})

describe("batchTensors", () => {
  it("gives every array its shape", () => {
    tf.tidy(() => {
      const { images, truths } = batchTensors(makeBatch(randomSet(3), [0, 2], options, key, 0))
      expect(images.shape).toEqual([2, 8, 16, 1])
      expect(truths.map(({ mask }) => mask.shape)).toEqual([
        [2, 8, 16, 1],
        [2, 4, 8, 1],
        [2, 2, 4, 1],
        [2, 1, 2, 1],
      ])
      expect(truths[3]!.second!.shape).toEqual([2, 1, 2, 1])
      expect(truths[3]!.distance).toBeUndefined()
      const bare = batchTensors(makeBatch(randomSet(3), [1], { ...options, needs: nothing }, key, 0))
      expect(bare.truths.map((truth) => Object.keys(truth))).toEqual(Array(4).fill(["mask"]))
    })
  })

  it("puts every array where it belongs", () => {
    const needs = { second: true, distance: true }
    const arrays = makeBatch(randomSet(3), [0, 2], { ...options, needs }, key, 0)
    tf.tidy(() => {
      const { images, truths } = batchTensors(arrays)
      expect(images.dataSync()).toEqual(arrays.images)
      for (const [scale, { mask, second, distance }] of truths.entries()) {
        expect(mask.dataSync()).toEqual(arrays.truths[scale]!.mask)
        expect(second!.dataSync()).toEqual(arrays.truths[scale]!.second)
        expect(distance!.dataSync()).toEqual(arrays.truths[scale]!.distance)
        expect(distance!.shape).toEqual(mask.shape)
      }
    })
  })
})
