import type { Dataset, SliceSet } from "../../src/data/dataset/dataset.ts"
import { packMask } from "../../src/data/dataset/packedMask.ts"
import { rootKey } from "../../src/tensor/randomKey.ts"

/** Bright discs on noise, each of its own place and size: learnable, and quick to make. */
const slices = (name: string, patients: number, each: number, size: number): SliceSet => {
  const count = patients * each
  const images = new Float32Array(count * size * size)
  const masks = new Uint8Array(images.length)
  const second = new Uint8Array(images.length)
  const ids = Array.from({ length: count }, (_, i) => ({
    case: `${name}_${Math.floor(i / each) + 1}`,
    slice: i % each,
  }))
  for (const [i, { case: owner, slice }] of ids.entries()) {
    const draws = rootKey(1).child(owner, slice).draws()
    const [row, column, radius] = [
      draws.between(5, size - 5),
      draws.between(5, size - 5),
      draws.between(2.5, 4),
    ]
    for (let r = 0; r < size; r++)
      for (let c = 0; c < size; c++) {
        const at = i * size * size + r * size + c
        const distance = Math.hypot(r - row, c - column)
        masks[at] = distance <= radius ? 1 : 0
        second[at] = distance <= radius + 1 ? 1 : 0
        images[at] = 0.6 * masks[at]! + 0.2 * draws.uniform()
      }
  }
  return { count, ids, images, masks, second }
}

/** A small dataset of discs; square slices. */
export const discs = ({ size = 16, train = 2, validation = 1, test = 2, each = 3 } = {}): Dataset => {
  const testSet = slices("test", test, each, size)
  const volume = each * size * size
  const names = (split: string, count: number) => Array.from({ length: count }, (_, i) => `${split}_${i + 1}`)
  return {
    rows: size,
    columns: size,
    resize: { kind: "size" },
    train: slices("train", train, each, size),
    validation: slices("validation", validation, each, size),
    test: testSet,
    testCases: names("test", test).map((id, i) => ({
      id,
      patient: id,
      axis: 2,
      geometry: {
        shape: [size, size, each],
        spacingMm: [1, 1, 1],
        affine: [
          [1, 0, 0, 0],
          [0, 1, 0, 0],
          [0, 0, 1, 0],
          [0, 0, 0, 1],
        ],
      },
      expert: packMask(testSet.masks.subarray(i * volume, (i + 1) * volume)),
      annotators: { student: packMask(testSet.second!.subarray(i * volume, (i + 1) * volume)) },
    })),
    patients: {
      train: names("train", train),
      validation: names("validation", validation),
      test: names("test", test),
    },
    remarks: [],
  }
}
