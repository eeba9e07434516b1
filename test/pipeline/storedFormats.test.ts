import { readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import type { SliceAxis, TestCase } from "../../src/data/dataset/dataset.ts"
import { packMask } from "../../src/data/dataset/packedMask.ts"
import { decodeSafetensors, encodeSafetensors } from "../../src/data/files/safetensors.ts"
import { readNifti } from "../../src/data/nifti/readNifti.ts"
import {
  datasetFormat,
  decodeArrays,
  encodeArrays,
  evaluatedFormat,
  referencesFormat,
  trainedFormat,
} from "../../src/pipeline/storedFormats.ts"
import { discs } from "../support/dataset.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"

const history = {
  epochs: [
    {
      epoch: 1,
      loss: 0.7,
      validationDice: null,
      learningRate: 0.1,
      imagesPerSecond: 3,
      waitingShare: 0.25,
      elapsedSeconds: 2,
    },
  ],
  keptEpoch: 1,
  gradientNormAtStart: 5,
  parameterCount: 4,
}

const arrays = {
  "params/kernel": { shape: [2, 1], data: Float32Array.of(1.5, -2) },
  "state/mean": { shape: [], data: Float32Array.of(7) },
}

describe("encodeArrays", () => {
  it("makes bytes that decodeArrays turns into the same arrays and texts again", () => {
    const { arrays: found, metadata } = decodeArrays(encodeArrays(arrays, { note: "text" }), "a.safetensors")
    expect(found).toEqual(arrays)
    expect(metadata).toMatchObject({ note: "text" })
    expect(decodeArrays(encodeArrays({}), "a.safetensors").arrays).toEqual({})
  })

  it("makes bytes whose damage is told with the file's name", () => {
    expect(() => decodeArrays(encodeArrays(arrays).slice(0, -1), "a.safetensors")).toThrow(
      expect.objectContaining({
        kind: "data",
        problems: [expect.objectContaining({ file: "a.safetensors" })],
      }),
    )
  })
})

describe("the dataset in the store", () => {
  it("is read back as it was, a second annotator or not", async () => {
    const dataset = { ...discs({ size: 8 }), remarks: ["A remark."] }
    const { second: _, ...alone } = dataset.validation
    const folder = await temporaryFolder()
    await datasetFormat.write(folder, { ...dataset, validation: alone })
    expect(await datasetFormat.read(folder)).toEqual({ ...dataset, validation: alone })
  })
})

describe("the reference rows in the store", () => {
  it("are read back as they were", async () => {
    const folder = await temporaryFolder()
    const rows = [{ name: "mean training mask", scores: { empty: "skip" } as never }]
    await referencesFormat.write(folder, rows)
    expect(await referencesFormat.read(folder)).toEqual(rows)
    expect(await readdir(folder)).toEqual(["references.json"])
  })
})

describe("a trained network in the store", () => {
  const trained = { weights: arrays, history, datasetKey: "k" }

  it("is read back as it was, with its texts in the file of the weights", async () => {
    const folder = await temporaryFolder()
    const format = trainedFormat({ recipe: "how it is used" })
    await format.write(folder, trained)
    expect(await format.read(folder)).toEqual(trained)
    expect((await readdir(folder)).sort()).toEqual(["training.json", "weights.safetensors"])
    const { metadata } = decodeSafetensors(await readFile(join(folder, "weights.safetensors")))
    expect(metadata.recipe).toBe("how it is used")
  })

  it("is refused when its weights are damaged, naming the file", async () => {
    const folder = await temporaryFolder()
    await trainedFormat({}).write(folder, trained)
    const file = join(folder, "weights.safetensors")
    await writeFile(file, encodeSafetensors({}).slice(0, 8))
    await expect(trainedFormat({}).read(folder)).rejects.toMatchObject({ kind: "data", problems: [{ file }] })
  })
})

describe("an evaluation in the store", () => {
  const scores = { empty: "skip", slices: [] } as never

  /** A case of a file of 2 x 3 x 4 voxels of 5 x 1 x 2 mm, as it is sliced along each of its axes. */
  const sliced: Readonly<Record<SliceAxis, TestCase["geometry"]>> = {
    0: {
      shape: [3, 4, 2],
      spacingMm: [1, 2, 5],
      affine: [
        [0, 0, 5, 9],
        [1, 0, 0, 8],
        [0, 2, 0, 7],
        [0, 0, 0, 1],
      ],
    },
    1: {
      shape: [2, 4, 3],
      spacingMm: [5, 2, 1],
      affine: [
        [5, 0, 0, 9],
        [0, 0, 1, 8],
        [0, 2, 0, 7],
        [0, 0, 0, 1],
      ],
    },
    2: {
      shape: [2, 3, 4],
      spacingMm: [5, 1, 2],
      affine: [
        [5, 0, 0, 9],
        [0, 1, 0, 8],
        [0, 0, 2, 7],
        [0, 0, 0, 1],
      ],
    },
  }
  const expert = packMask(new Uint8Array(24))
  const caseOf = (id: string, axis: SliceAxis): TestCase => ({
    ...{ id, patient: id, axis, geometry: sliced[axis], expert, annotators: {} },
  })

  it.each<[SliceAxis, number]>([
    // The file's voxel (1, 0, 2) alone. Along x: column y = 0, row z = 2, slice x = 1: 0 + 2 * 3 + 1 * 12.
    [0, 18],
    // Along y: column x = 1, row z = 2, slice y = 0: 1 + 2 * 2 + 0 * 8.
    [1, 5],
    // Along z: column x = 1, row y = 0, slice z = 2: 1 + 0 * 2 + 2 * 6.
    [2, 13],
  ])("has masks in the file's own order and place, sliced along axis %i", async (axis, voxel) => {
    const mask = new Uint8Array(24)
    mask[voxel] = 1
    const folder = await temporaryFolder()
    const predictions = [{ of: caseOf("P1", axis), mask: packMask(mask) }]
    await evaluatedFormat.write(folder, { scores, history, predictions })
    const { geometry, voxels } = await readNifti(join(folder, "predictions", "P1.nii.gz"))
    expect(geometry).toEqual(sliced[2])
    // x fastest, then y, then z: 1 + 0 * 2 + 2 * 6.
    expect([...voxels].flatMap((value, i) => (value === 0 ? [] : [[i, value]]))).toEqual([[13, 1]])
  })

  it("has a mask of every case, and the scores and the history without them", async () => {
    const folder = await temporaryFolder()
    const masks = [1, 5, 13, 18, 20].map((voxel) => Uint8Array.from({ length: 24 }, (_, i) => +(i === voxel)))
    const predictions = masks.map((mask, i) => ({ of: caseOf(`P${i}`, 2), mask: packMask(mask) }))
    await evaluatedFormat.write(folder, { scores, history, predictions })
    expect((await readdir(join(folder, "predictions"))).sort()).toEqual(masks.map((_, i) => `P${i}.nii.gz`))
    for (const [i, mask] of masks.entries())
      expect([...(await readNifti(join(folder, "predictions", `P${i}.nii.gz`))).voxels]).toEqual([...mask])
    expect(await evaluatedFormat.read(folder)).toEqual({ scores, history })
  })

  it("may have no masks: what was read from the store is written without them", async () => {
    const folder = await temporaryFolder()
    await evaluatedFormat.write(folder, { scores, history })
    expect(await readdir(join(folder, "predictions"))).toEqual([])
    expect(await evaluatedFormat.read(folder)).toEqual({ scores, history })
  })
})
